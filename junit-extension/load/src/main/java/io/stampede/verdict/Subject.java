package io.stampede.verdict;

import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import java.io.Serializable;

/**
 * What a row of a verdict judges. Subjects differ by type and never by label, so a gauge called {@code Early stop} remains a
 * gauge.
 *
 * @since 0.1
 */
public sealed interface Subject extends Serializable {

    /** {@return what the row's value is in} */
    Unit unit();

    /**
     * A figure of the run, judged by a targets table or by a limit of the scenario.
     *
     * @param metric what was measured
     * @since 0.1
     */
    record OfMetric(Metric metric) implements Subject {
        @Override
        public Unit unit() {
            return metric.unit();
        }
    }

    /**
     * Something other than a figure that a run is judged by.
     *
     * @since 0.1
     */
    enum Rule implements Subject {
        /** At least one operation ended. The value is how many did. */
        ANY_ENDED("Operations", Unit.COUNT),
        /** The rate that the plan fixes was kept. The value is the throughput. */
        DELIVERED("Throughput", Unit.PER_SECOND),
        /** All operations of a spike ended in time. */
        ALL_DONE("All done", Unit.NANOS),
        /** Every judged gauge came back under its target. */
        RECOVERY("Recovery", Unit.NANOS),
        /** Response times did not grow during the run. The value is the factor by which they grew. */
        DRIFT("Response time drift", Unit.COUNT),
        /** The heap in use after collections does not keep growing. The value is per hour. */
        HEAP_GROWTH("Heap growth", Unit.PERCENT),
        /** The target bears as many operations at once as the test requires. */
        CAPACITY("Capacity", Unit.COUNT),
        /** Which tick of a ramp was the first to miss a target. The value counts from 1; NaN if none did. */
        FIRST_BREACH("First breach", Unit.COUNT),
        /** The run is not slower than earlier runs. The value is by how much it is slower. */
        BASELINE("Baseline", Unit.PERCENT),
        /** No rule ended the run early. The value is when one did. */
        EARLY_STOP("Early stop", Unit.NANOS),
        /** The first run of a build decides. The value is how many runs of the same test missed a target before this one. */
        RERUN("Rerun", Unit.COUNT);

        private final String label;
        private final Unit unit;

        Rule(String label, Unit unit) {
            this.label = label;
            this.unit = unit;
        }

        /** {@return the name that tables use} */
        public String label() {
            return label;
        }

        @Override
        public Unit unit() {
            return unit;
        }
    }
}
