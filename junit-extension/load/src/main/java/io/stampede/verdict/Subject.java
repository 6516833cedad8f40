package io.stampede.verdict;

import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import java.io.Serializable;

/**
 * What a row of a verdict judges. Told apart by type and never by its label, so that a gauge that is called {@code Early
 * stop} is a gauge.
 *
 * @since 0.1
 */
public sealed interface Subject extends Serializable {

    /** {@return what the row's value is in} */
    Unit unit();

    /**
     * A figure of the run, by a targets table or by a limit of the scenario's own.
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
     * What a run is judged by beside its figures.
     *
     * @since 0.1
     */
    enum Rule implements Subject {
        /** Operations ended at all. The value is how many. */
        ANY_ENDED("Operations", Unit.COUNT),
        /** The plan fixes the rate, and was kept. The value is the throughput. */
        DELIVERED("Throughput", Unit.PER_SECOND),
        /** A spike was over in time. */
        ALL_DONE("All done", Unit.NANOS),
        /** Every judged gauge came back under its target. */
        RECOVERY("Recovery", Unit.NANOS),
        /** Response times did not grow in the course of the run. The value is the factor by which they did. */
        DRIFT("Response time drift", Unit.COUNT),
        /** The heap in use after collections does not keep growing. The value is per hour. */
        HEAP_GROWTH("Heap growth", Unit.PERCENT),
        /** The target bears as many operations at once as is asked for. */
        CAPACITY("Capacity", Unit.COUNT),
        /** Which tick of a ramp was the first to miss a target. The value counts from 1; NaN if none did. */
        FIRST_BREACH("First breach", Unit.COUNT),
        /** It is not slower than earlier runs. The value is by how much it is. */
        BASELINE("Baseline", Unit.PERCENT),
        /** No rule ended the run before its time. The value is when one did. */
        EARLY_STOP("Early stop", Unit.NANOS);

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
