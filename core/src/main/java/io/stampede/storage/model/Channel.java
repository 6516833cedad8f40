package io.stampede.storage.model;

import io.stampede.internal.storage.text.TextRule;

/**
 * Where a conversation took place. The two constants are the common ones; any other name is as good.
 *
 * @param name at most 64 characters, not blank, compared exactly
 * @since 0.1
 */
public record Channel(String name) {

    /** The Telegram messenger. */
    public static final Channel TELEGRAM = new Channel("telegram");

    /** A web page. */
    public static final Channel WEB = new Channel("web");

    /**
     * Checks the name.
     *
     * @param name 1 to 64 characters, not blank
     * @throws IllegalArgumentException naming the rule and the name
     */
    public Channel {
        TextRule.CHANNEL.check(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
