package io.stampede.internal.verdict;

import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.Ending;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.result.Surroundings;
import io.stampede.result.Volume;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds results by hand; all was well unless something is said. */
public final class Results {

    private String name = "checkout";
    private Kind kind = new Kind.Basic();
    private List<Phase> phases = List.of(new Phase("load", Workload.burst(100)));
    private List<Target> targets = List.of();
    private Band failOn = Band.CRITICAL;
    private double scale = 1;
    private Duration elapsed = Duration.ofSeconds(1);
    private long planned = -1;
    private long succeeded = 100;
    private long failed;
    private Distribution responseTime = times(100, Duration.ofMillis(1));
    private Distribution serviceTime = times(100, Duration.ofNanos(500_000));
    private Distribution lag = times(100, Duration.ofNanos(10_000));
    private final List<Interval> series = new ArrayList<>();
    private List<PhaseResult> phaseResults = List.of();
    private final List<FailureGroup> failures = new ArrayList<>();
    private final List<GaugeSeries> gauges = new ArrayList<>();
    private @Nullable Recovery recovery;
    private @Nullable BreakingPoint breakingPoint;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private @Nullable String endedEarly;
    private List<String> faults = List.of();
    private @Nullable PhaseResult warmUp;
    private @Nullable String abortedBy;
    private @Nullable String abandoned;
    private @Nullable Double maxSlowdown;
    private GeneratorHealth generator = GeneratorHealth.UNKNOWN;

    public static Results of(Kind kind) {
        Results results = new Results();
        results.kind = kind;
        return results;
    }

    public static Results basic() {
        return new Results();
    }

    public Results named(String name) {
        this.name = name;
        return this;
    }

    public Results workload(Workload workload) {
        phases = List.of(new Phase("load", workload));
        return this;
    }

    public Results phases(List<Phase> phases) {
        this.phases = phases;
        return this;
    }

    public Results targets(Target... targets) {
        this.targets = List.of(targets);
        return this;
    }

    public Results targets(Targets targets) {
        this.targets = targets.rows();
        return this;
    }

    public Results failOn(Band failOn) {
        this.failOn = failOn;
        return this;
    }

    public Results scale(double scale) {
        this.scale = scale;
        return this;
    }

    public Results elapsed(Duration elapsed) {
        this.elapsed = elapsed;
        return this;
    }

    public Results counts(long succeeded, long failed) {
        this.succeeded = succeeded;
        this.failed = failed;
        return this;
    }

    public Results planned(long planned) {
        this.planned = planned;
        return this;
    }

    public Results responseTime(Distribution responseTime) {
        this.responseTime = responseTime;
        return this;
    }

    public Results nothingEnded() {
        counts(0, 0);
        responseTime = Distribution.EMPTY;
        serviceTime = Distribution.EMPTY;
        lag = Distribution.EMPTY;
        return this;
    }

    public Results serviceTime(Distribution times) {
        this.serviceTime = times;
        return this;
    }

    public Results lag(Distribution times) {
        this.lag = times;
        return this;
    }

    public Results interval(Interval interval) {
        series.add(interval);
        return this;
    }

    public Results interval(int second, Distribution times) {
        series.add(new Interval(
                Duration.ofSeconds(second),
                Duration.ofSeconds(1),
                new Outcomes(times.count(), 0, times, Distribution.EMPTY)));
        return this;
    }

    public Results phaseResults(PhaseResult... results) {
        this.phaseResults = List.of(results);
        return this;
    }

    public Results failure(String type, String shape, long count) {
        failures.add(new FailureGroup(
                type,
                shape,
                count,
                List.of(new FailureGroup.Sample(7, Duration.ofMillis(3), shape, type + ": " + shape + "\n\tat x"))));
        return this;
    }

    public Results gauge(GaugeSeries gauge) {
        gauges.add(gauge);
        return this;
    }

    public Results gauge(String name, double max, double last, double afterRecovery) {
        return gauge(name, Unit.COUNT, max, last, afterRecovery);
    }

    public Results gauge(String name, Unit unit, double max, double last, double afterRecovery) {
        return gauge(new GaugeSeries(
                name,
                unit,
                true,
                List.of(new GaugeSeries.Point(Duration.ZERO, max), new GaugeSeries.Point(Duration.ofMillis(100), last)),
                new GaugeSeries.Values(
                        Math.min(max, last),
                        max,
                        (max + last) / 2,
                        last,
                        afterRecovery,
                        List.of(new GaugeSeries.Bin(Math.min(max, last), 1), new GaugeSeries.Bin(max, 1))),
                GaugeSeries.Reads.good(2)));
    }

    public Results recovery(Recovery recovery) {
        this.recovery = recovery;
        return this;
    }

    public Results breakingPoint(BreakingPoint point) {
        this.breakingPoint = point;
        return this;
    }

    public Results fact(String name, String text) {
        facts.put(name, text);
        return this;
    }

    public Results maxSlowdown(double share) {
        this.maxSlowdown = share;
        return this;
    }

    public Results endedEarly(String reason) {
        this.endedEarly = reason;
        return this;
    }

    public Results faults(String... faults) {
        this.faults = List.of(faults);
        return this;
    }

    public Scenario scenario() {
        Targets table = new Targets(targets, "test");
        Map<String, Unit> units = new LinkedHashMap<>();
        gauges.forEach(gauge -> units.put(gauge.name(), gauge.unit()));
        phaseResults.forEach(phase -> phase.gaugeMax().keySet().forEach(gauge -> units.put(gauge, Unit.COUNT)));
        return new Scenario(
                name,
                kind.search()
                        .<Kind>map(stress -> stress.breakingWhen(Kind.Stress.usualLimits(table, units)))
                        .orElse(kind),
                phases,
                table,
                failOn,
                Duration.ofSeconds(60),
                scale,
                42,
                null,
                List.of(),
                maxSlowdown);
    }

    public Results warmUp(PhaseResult phase) {
        this.warmUp = phase;
        return this;
    }

    public Results abortedBy(String rule) {
        this.abortedBy = rule;
        return this;
    }

    public Results abandoned(String threads) {
        this.abandoned = threads;
        return this;
    }

    public Results generator(GeneratorHealth health) {
        this.generator = health;
        return this;
    }

    public LoadResult build() {
        return LoadResult.of(scenario())
                .surroundings(new Surroundings(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        new Machine("Linux 6", "amd64", 2, 1L << 30, "17.0.1", "a JVM", "platform"),
                        facts))
                .volume(new Volume(planned < 0 ? succeeded + failed : planned, succeeded + failed, elapsed))
                .outcomes(new Outcomes(succeeded, failed, responseTime, serviceTime))
                .failures(failures, Distribution.EMPTY)
                .series(series)
                .phases(judged(phaseResults))
                .warmUp(warmUp)
                .gauges(gauges)
                .ending(new Ending(endedEarly, abortedBy, recovery, breakingPoint, abandoned))
                .generator(generator.with(lag, faults))
                .build();
    }

    /** As the plan of a stress test does it while the run goes on. */
    private List<PhaseResult> judged(List<PhaseResult> steps) {
        return scenario()
                .kind()
                .search()
                .map(stress -> steps.stream()
                        .map(step -> step.withBreach(
                                StressLimits.breach(stress.breaksWhen(), step).orElse(null)))
                        .toList())
                .orElse(steps);
    }

    /** {@code count} measurements of the same duration. */
    public static Distribution times(long count, Duration each) {
        return Distribution.of(new long[] {each.toNanos()}, new long[] {count});
    }

    /** One measurement of each. */
    public static Distribution times(Duration... each) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        Arrays.stream(each).forEach(time -> counts.merge(time.toNanos(), 1L, Long::sum));
        return Distribution.of(
                counts.keySet().stream().mapToLong(Long::longValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
    }

    /** A step or a tick. */
    public static PhaseResult phase(
            String name, long succeeded, long failed, Duration each, Map<String, Double> gauges) {
        Distribution times = succeeded == 0 ? Distribution.EMPTY : times(succeeded, each);
        return new PhaseResult(
                name,
                succeeded + failed,
                new Outcomes(succeeded, failed, times, times),
                Duration.ZERO,
                Duration.ofSeconds(1),
                gauges);
    }
}
