package io.stampede.result;

import java.io.Serializable;

/**
 * Why a step of a stress test broke.
 *
 * @param reason such as {@code mean response time 62 ms, limit 50 ms}
 * @param lateStarts whether operations broke it because they started late, which is the load generator's fault
 * @since 0.1
 */
public record Breach(String reason, boolean lateStarts) implements Serializable {

    /**
     * A step that the target broke, and not the load generator.
     *
     * @param reason such as {@code mean response time 62 ms, limit 50 ms}
     */
    public Breach(String reason) {
        this(reason, false);
    }
}
