package io.stampede.result;

import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.scenario.Scenario;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run. Plain data: immutable, serialisable, of bounded size however many operations there were.
 *
 * @param scenario what was asked for
 * @param surroundings when and where it happened
 * @param volume how much was run
 * @param outcomes of all operations
 * @param failureTime end - due, of operations that failed
 * @param failures by cause, most frequent first
 * @param series over time, in order
 * @param phases one per phase, step or tick, in the order in which they ran; those of a stress test do not
 *     always grow, and sizes may repeat
 * @param warmUp the warm-up, which no other figure includes; null if there was none
 * @param gauges in the order of registration
 * @param ending how the run ended
 * @param generator how the load generator was during the run
 * @since 0.1
 */
public record LoadResult(
        Scenario scenario,
        Surroundings surroundings,
        Volume volume,
        Outcomes outcomes,
        Distribution failureTime,
        List<FailureGroup> failures,
        List<Interval> series,
        List<PhaseResult> phases,
        @Nullable PhaseResult warmUp,
        List<GaugeSeries> gauges,
        Ending ending,
        GeneratorHealth generator)
        implements Serializable {

    /** Copies the lists. */
    public LoadResult {
        failures = List.copyOf(failures);
        series = List.copyOf(series);
        phases = List.copyOf(phases);
        gauges = List.copyOf(gauges);
    }

    /**
     * {@return a copy that can be changed}, such as {@code result.copy().ending(other).build()}
     */
    public Builder copy() {
        return new Builder(scenario)
                .surroundings(surroundings)
                .volume(volume)
                .outcomes(outcomes)
                .failures(failures, failureTime)
                .series(series)
                .phases(phases)
                .warmUp(warmUp)
                .gauges(gauges)
                .ending(ending)
                .generator(generator);
    }

    /** {@return when the first operation could start} */
    public Instant startedAt() {
        return surroundings.startedAt();
    }

    /** {@return where it ran} */
    public Machine machine() {
        return surroundings.machine();
    }

    /** {@return what others said of this run, such as the environment; in order} */
    public Map<String, String> facts() {
        return surroundings.facts();
    }

    /** {@return from the first due time to the end of the last operation, without recovery and settling between steps} */
    public Duration elapsed() {
        return volume.elapsed();
    }

    /** {@return operations of the phases that were run} */
    public long planned() {
        return volume.planned();
    }

    /** {@return how many operations began} */
    public long started() {
        return volume.started();
    }

    /** {@return how many ended without an exception} */
    public long succeeded() {
        return outcomes.succeeded();
    }

    /** {@return how many threw, completed exceptionally, or timed out} */
    public long failed() {
        return outcomes.failed();
    }

    /** {@return how many operations ended, well or not} */
    public long ended() {
        return outcomes.ended();
    }

    /** {@return end - due, of operations that succeeded} */
    public Distribution responseTime() {
        return outcomes.responseTime();
    }

    /** {@return end - start, of operations that succeeded} */
    public Distribution serviceTime() {
        return outcomes.serviceTime();
    }

    /** {@return start - due, of all operations} */
    public Distribution lag() {
        return generator.lag();
    }

    /** {@return operations that ended, per second of {@link #elapsed}; NaN if none did} */
    public double throughput() {
        return outcomes.perSecond(elapsed());
    }

    /** {@return percent of the ended operations that succeeded; NaN if none ended} */
    public double successRate() {
        return outcomes.successRate();
    }

    /** {@return how the target came back after a spike; null for other kinds} */
    public @Nullable Recovery recovery() {
        return ending.recovery();
    }

    /** {@return where a stress test ended; null for other kinds} */
    public @Nullable BreakingPoint breakingPoint() {
        return ending.breakingPoint();
    }

    /** {@return why not all planned operations were run; null if they were, or if {@link #abortedBy} says it} */
    public @Nullable String endedEarly() {
        return ending.endedEarly();
    }

    /** {@return what the target did that ended the run, such as a rule that it broke; null if it was not ended so} */
    public @Nullable String abortedBy() {
        return ending.abortedBy();
    }

    /**
     * {@return how much of the plan was delivered, 0 to 1}: operations that ended against those planned, times planned
     * duration against the time it took, if it took longer. NaN in a closed model, which plans no number.
     */
    public double delivered() {
        if (!scenario.planFixesOperations()) {
            return Double.NaN;
        }
        double planNanos = scenario.duration().toNanos();
        double slowdown = planNanos == 0
                ? 1
                : Math.min(1, planNanos / Math.max(1, elapsed().toNanos()));
        return planned() == 0 ? 0 : slowdown * ended() / planned();
    }

    /**
     * {@return the gauge of that name}
     *
     * @param name in any letter case
     */
    public Optional<GaugeSeries> gauge(String name) {
        String wanted = Metric.GaugeValue.name(name);
        return gauges.stream()
                .filter(gauge -> Metric.GaugeValue.name(gauge.name()).equals(wanted))
                .findFirst();
    }

    /**
     * {@return any figure of the whole run, in the metric's unit; NaN if there is none}
     *
     * @param metric what is wanted
     */
    public double value(Metric metric) {
        if (metric instanceof Metric.Time time && time.clock() == Clock.LAG) {
            return lag().nanos(time.statistic());
        }
        if (metric instanceof Metric.OfOperations operations) {
            return outcomes.value(operations, elapsed());
        }
        if (metric instanceof Metric.GaugeValue value) {
            return gauge(value.name())
                    .map(gauge -> gauge.value(value.statistic()))
                    .orElse(Double.NaN);
        }
        BreakingPoint point = breakingPoint();
        return point == null || point.capacity() == 0 ? Double.NaN : point.capacity();
    }

    /**
     * {@return a builder for the result of a run in which nothing has ended yet}
     *
     * @param scenario what was asked for
     */
    public static Builder of(Scenario scenario) {
        return new Builder(scenario);
    }

    /**
     * Puts a result together, part by part. Used by one thread.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Scenario scenario;
        private Surroundings surroundings = new Surroundings(Instant.EPOCH, Machine.here("platform"), Map.of());
        private Volume volume = new Volume(0, 0, Duration.ZERO);
        private Outcomes outcomes = Outcomes.NONE;
        private Distribution failureTime = Distribution.EMPTY;
        private List<FailureGroup> failures = List.of();
        private List<Interval> series = List.of();
        private List<PhaseResult> phases = List.of();
        private @Nullable PhaseResult warmUp;
        private List<GaugeSeries> gauges = List.of();
        private Ending ending = Ending.AS_PLANNED;
        private GeneratorHealth generator = GeneratorHealth.UNKNOWN;

        private Builder(Scenario scenario) {
            this.scenario = scenario;
        }

        /**
         * Sets when and where it happened.
         *
         * @param value instead of this machine, at the epoch
         * @return this
         */
        public Builder surroundings(Surroundings value) {
            this.surroundings = value;
            return this;
        }

        /**
         * Sets how much was run.
         *
         * @param value instead of nothing
         * @return this
         */
        public Builder volume(Volume value) {
            this.volume = value;
            return this;
        }

        /**
         * Sets what came of all operations.
         *
         * @param value instead of nothing
         * @return this
         */
        public Builder outcomes(Outcomes value) {
            this.outcomes = value;
            return this;
        }

        /**
         * Sets the failures.
         *
         * @param groups by cause, most frequent first
         * @param times end - due, of operations that failed
         * @return this
         */
        public Builder failures(List<FailureGroup> groups, Distribution times) {
            this.failures = groups;
            this.failureTime = times;
            return this;
        }

        /**
         * Sets what happened over time.
         *
         * @param value in order
         * @return this
         */
        public Builder series(List<Interval> value) {
            this.series = value;
            return this;
        }

        /**
         * Sets the phases, steps or ticks.
         *
         * @param value in the order in which they ran
         * @return this
         */
        public Builder phases(List<PhaseResult> value) {
            this.phases = value;
            return this;
        }

        /**
         * Sets what happened before.
         *
         * @param value null if there was no warm-up
         * @return this
         */
        public Builder warmUp(@Nullable PhaseResult value) {
            this.warmUp = value;
            return this;
        }

        /**
         * Sets the gauges.
         *
         * @param value in the order of registration
         * @return this
         */
        public Builder gauges(List<GaugeSeries> value) {
            this.gauges = value;
            return this;
        }

        /**
         * Sets how the run ended.
         *
         * @param value instead of as planned
         * @return this
         */
        public Builder ending(Ending value) {
            this.ending = value;
            return this;
        }

        /**
         * Sets how the load generator was.
         *
         * @param value instead of unknown
         * @return this
         */
        public Builder generator(GeneratorHealth value) {
            this.generator = value;
            return this;
        }

        /** {@return the result} */
        public LoadResult build() {
            return new LoadResult(
                    scenario,
                    surroundings,
                    volume,
                    outcomes,
                    failureTime,
                    failures,
                    series,
                    phases,
                    warmUp,
                    gauges,
                    ending,
                    generator);
        }
    }
}
