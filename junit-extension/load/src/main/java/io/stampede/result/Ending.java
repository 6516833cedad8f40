package io.stampede.result;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param endedEarly why not all planned operations were run; null if they were, or if {@code abortedBy} says it
 * @param abortedBy which rule of the scenario ended the run, and what was seen; null if none did
 * @param recovery after a spike; null for other kinds
 * @param breakingPoint of a stress test; null for other kinds
 * @since 0.1
 */
public record Ending(
        @Nullable String endedEarly,
        @Nullable String abortedBy,
        @Nullable Recovery recovery,
        @Nullable BreakingPoint breakingPoint)
        implements Serializable {

    /** The plan was run to its end, and there is nothing more to say. */
    public static final Ending AS_PLANNED = new Ending(null, null, null, null);

    /** {@return whether the plan was run to its end} */
    public boolean isAsPlanned() {
        return endedEarly == null && abortedBy == null;
    }
}
