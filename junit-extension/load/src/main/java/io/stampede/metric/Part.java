package io.stampede.metric;

import java.io.Serializable;

/**
 * What a figure was measured of: a whole run, or a named part of one.
 *
 * @param name of the part; empty for the whole
 * @since 0.1
 */
public record Part(String name) implements Serializable {

    /** All operations of a run. */
    public static final Part WHOLE = new Part("");

    /** {@return whether this is the whole run} */
    public boolean isWhole() {
        return name.isEmpty();
    }

    /** {@return what the names of this part's figures begin with: nothing for the whole, otherwise its name and a blank} */
    String prefix() {
        return isWhole() ? "" : name + " ";
    }
}
