package io.stampede.baseline;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run against those before it with the same fingerprint. Plain data.
 *
 * @param state what came of it
 * @param statement one sentence for people
 * @param changes one per figure; empty where there were not enough runs
 * @param runs how many earlier runs there were to compare with
 * @param leastRuns how many it takes
 * @param errorRate the share of unchanged runs that are called slower all the same, where their levels are normally
 *     distributed; as many are called faster
 * @param floor changes by less than this share are too small to matter
 * @param history the last runs, oldest first, this one at the end
 * @param notes one sentence each: what else to know
 * @since 0.1
 */
public record Comparison(
        State state,
        String statement,
        List<Change> changes,
        int runs,
        int leastRuns,
        double errorRate,
        double floor,
        List<Point> history,
        List<String> notes)
        implements Serializable {

    /**
     * What came of it.
     *
     * @since 0.1
     */
    public enum State {
        /** Not enough earlier runs with the same fingerprint yet. */
        NOT_ENOUGH_RUNS,
        /** This run's figures say nothing: too many operations failed, or too few ran. */
        NOT_COMPARABLE,
        /** No significant change, or none that is large enough to matter. */
        NO_CHANGE,
        /** At least one figure is significantly worse. */
        SLOWER,
        /** At least one figure is significantly better, and none worse. */
        FASTER;

        /** {@return what reports call it} */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * What is said of one figure.
     *
     * @since 0.1
     */
    public enum Decision {
        /** What is seen is within what unchanged runs differ by. */
        NO_CHANGE,
        /** Significant, but too small to matter. */
        TOO_SMALL,
        /** Significantly worse. */
        SLOWER,
        /** Significantly better. */
        FASTER;

        /** {@return what reports call it} */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One figure.
     *
     * @param measure which figure it is
     * @param now of this run, in the measure's unit
     * @param before geometric mean of the earlier runs
     * @param change {@code now / before - 1}
     * @param low the lower end of the change's interval of 95 %
     * @param high the upper end of it
     * @param chance probability of a figure that far or farther to the same side where nothing has changed
     * @param detectable the change to the worse that is found in nine runs of ten, whatever the other figures do, as a
     *     share
     * @param runs earlier runs that had this figure, without outliers
     * @param leftOut earlier runs that were outliers in it
     * @param decision what is said of it
     * @since 0.1
     */
    public record Change(
            Measure measure,
            double now,
            double before,
            double change,
            double low,
            double high,
            double chance,
            double detectable,
            int runs,
            int leftOut,
            Decision decision)
            implements Serializable {

        /** {@return how much slower, as a share: of a time its change, of a rate how much longer an operation takes} */
        public double slowdown() {
            return measure.metric().lowerIsBetter() ? change : before / now - 1;
        }
    }

    /**
     * One run of the history.
     *
     * @param startedAt when it began
     * @param commit of the code under test; null where unknown
     * @param figures in the unit of each measure
     * @param standing how it compared with the runs before it
     * @param baseline whether this run is compared with it
     * @since 0.1
     */
    public record Point(
            Instant startedAt,
            @Nullable String commit,
            Map<Measure, Double> figures,
            Standing standing,
            boolean baseline)
            implements Serializable {
        /** Copies the figures. */
        public Point {
            figures = Map.copyOf(figures);
        }
    }

    /** Copies the lists. */
    public Comparison {
        changes = List.copyOf(changes);
        history = List.copyOf(history);
        notes = List.copyOf(notes);
    }

    /** {@return the figure that became worst, among those that are significantly slower; empty if none is} */
    public Optional<Change> worst() {
        return changes.stream()
                .filter(change -> change.decision() == Decision.SLOWER)
                .max(java.util.Comparator.comparingDouble(Change::slowdown));
    }
}
