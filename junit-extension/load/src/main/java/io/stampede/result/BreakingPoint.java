package io.stampede.result;

import java.io.Serializable;

/**
 * Where a stress test ended.
 *
 * @param capacity operations of the last good step; 0 where not even the first was good
 * @param broke operations of the step that broke; 0 where none did
 * @param reason what broke, or {@code not reached up to 2,000}
 * @since 0.1
 */
public record BreakingPoint(long capacity, long broke, String reason) implements Serializable {

    public boolean reached() {
        return broke > 0;
    }
}
