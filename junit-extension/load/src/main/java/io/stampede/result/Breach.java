package io.stampede.result;

import java.io.Serializable;

/**
 * Why a step of a stress test broke.
 *
 * @param reason such as {@code mean response time 62 ms, limit 50 ms}
 * @param lateStarts whether the operations broke it by starting late, which is the load generator's doing
 * @since 0.1
 */
public record Breach(String reason, boolean lateStarts) implements Serializable {

    /** By the target's doing. */
    public Breach(String reason) {
        this(reason, false);
    }
}
