package io.stampede.internal.baseline;

import io.stampede.baseline.Measure;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
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
 * @param elapsed from the first due time to the end of the last operation
 * @param figures those that are compared; only what there were operations enough for
 * @param slices the same over time, in order; empty where the run was too short
 * @param responseTime end - due, of operations that succeeded; empty where the run was read, since nothing is compared by it
 * @param serviceTime end - start, of the same; empty likewise
 * @since 0.1
 */
public record StoredRun(
        String scenario,
        Instant startedAt,
        Fingerprint fingerprint,
        Standing standing,
        boolean newLevel,
        Map<String, String> notes,
        long succeeded,
        long failed,
        Duration elapsed,
        Map<Measure, Double> figures,
        List<Slice> slices,
        Distribution responseTime,
        Distribution serviceTime)
        implements Serializable {

    /** How a run stood to those before it. */
    public enum Standing {
        /** There were not enough of them. */
        UNKNOWN,
        /** No change that counts. */
        SAME,
        /** Faster, significantly. */
        FASTER,
        /** Slower, significantly, and nothing failed for it. */
        SLOWER,
        /** Slower beyond what its test allows, which failed it. Such runs never become the baseline by themselves. */
        REFUSED
    }

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
                result.succeeded(),
                result.failed(),
                result.elapsed(),
                Figures.of(result),
                Figures.slices(result),
                result.responseTime(),
                result.serviceTime());
    }

    /** The same run, compared. */
    public StoredRun standing(Standing stands, boolean startsLevel) {
        return new StoredRun(
                scenario,
                startedAt,
                fingerprint,
                stands,
                startsLevel,
                notes,
                succeeded,
                failed,
                elapsed,
                figures,
                slices,
                responseTime,
                serviceTime);
    }
}
