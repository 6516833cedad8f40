package io.stampede.result;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param endedEarly why not all planned operations were run; null if they were, or if {@code abortedBy} says it
 * @param abortedBy what the target did that ended the run: which rule of the scenario it broke and what was seen, or that
 *     its operations kept every thread; null if it was not ended so
 * @param recovery after a spike; null for other kinds
 * @param breakingPoint of a stress test; null for other kinds
 * @param abandoned which threads did not end after the run, since their operations, which have been counted, do not end
 *     when they are interrupted; null if all ended
 * @since 0.1
 */
public record Ending(
        @Nullable String endedEarly,
        @Nullable String abortedBy,
        @Nullable Recovery recovery,
        @Nullable BreakingPoint breakingPoint,
        @Nullable String abandoned)
        implements Serializable {

    /** The plan was run to its end, and there is nothing more to say. */
    public static final Ending AS_PLANNED = new Ending(null, null, null, null);

    /**
     * All threads ended.
     *
     * @param endedEarly why not all planned operations were run; null if they were, or if {@code abortedBy} says it
     * @param abortedBy what the target did that ended the run; null if it was not ended so
     * @param recovery after a spike; null for other kinds
     * @param breakingPoint of a stress test; null for other kinds
     */
    public Ending(
            @Nullable String endedEarly,
            @Nullable String abortedBy,
            @Nullable Recovery recovery,
            @Nullable BreakingPoint breakingPoint) {
        this(endedEarly, abortedBy, recovery, breakingPoint, null);
    }

    /** {@return whether the plan was run to its end} */
    public boolean isAsPlanned() {
        return endedEarly == null && abortedBy == null;
    }
}
