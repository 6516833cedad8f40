package io.stampede.internal.baseline;

import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a run, so that later ones can be compared with it. Immutable.
 *
 * @param scenario its name
 * @param startedAt when the first operation could start
 * @param fingerprint what must be equal in runs that are compared
 * @param standing how it stood to the runs before it
 * @param newLevel whether the user said that it starts a new level: runs before it are compared no more
 * @param notes what else is known of it, such as {@code seed} and {@code commit}; in order
 * @param outcomes of its operations; of a run that was read without their times, since nothing is compared by them
 * @param elapsed from the first due time to the end of the last operation
 * @param figures those that are compared; only what there were operations enough for
 * @param slices the same over time, in order; empty where the run was too short
 * @since 0.1
 */
public record StoredRun(
        String scenario,
        Instant startedAt,
        Fingerprint fingerprint,
        Standing standing,
        boolean newLevel,
        Map<String, String> notes,
        Outcomes outcomes,
        Duration elapsed,
        Map<Measure, Double> figures,
        List<Slice> slices)
        implements Serializable {

    /**
     * A stretch of a run.
     *
     * @param operations that succeeded
     * @param figures as those of a run
     */
    public record Slice(long operations, Map<Measure, Double> figures) implements Serializable {
        public Slice {
            figures = Map.copyOf(figures);
        }
    }

    public StoredRun {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        figures = Map.copyOf(figures);
        slices = List.copyOf(slices);
    }

    /** Of a run that was compared with nothing yet. */
    public static StoredRun of(LoadResult result, Fingerprint fingerprint, Map<String, String> notes) {
        return new StoredRun(
                result.scenario().name(),
                result.startedAt(),
                fingerprint,
                Standing.UNKNOWN,
                false,
                notes,
                result.outcomes(),
                result.elapsed(),
                ComparedFigures.of(result),
                ComparedFigures.slices(result));
    }

    /** The same run, compared. */
    public StoredRun standing(Standing stands, boolean startsLevel) {
        return new StoredRun(
                scenario, startedAt, fingerprint, stands, startsLevel, notes, outcomes, elapsed, figures, slices);
    }

    /** The same run, under the name and fingerprint that the one who asks has for it. */
    public StoredRun named(String name, Fingerprint equal) {
        return new StoredRun(name, startedAt, equal, standing, newLevel, notes, outcomes, elapsed, figures, slices);
    }
}
