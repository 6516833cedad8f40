package io.stampede.report.testing;

import io.stampede.internal.verdict.StressLimits;
import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
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
import io.stampede.verdict.GeneratorFigure;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Reading;
import io.stampede.verdict.Verdict.Reading.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Results of every kind, made by hand; the same at every call. */
public final class Samples {

    public record Sample(LoadResult result, Verdict verdict) {}

    public static final String NASTY =
            "<script>alert('x')</script> & \"quoted\" \u0000\u001b[31m\u0007\u202e ]]> \ud800 end"
                    + " \"><img src=x onerror=alert(1)></svg></style></title>--><b onclick='alert(2)'>bold</b>";

    /** The same, and long. */
    public static final String LONG = NASTY + "<i>&".repeat(2500);

    private static final Target P95 = Target.of("Queue time P95", "< 10ms", "< 20ms");
    private static final Target QUEUE = Target.of("Queue size", "< 100", "< 500");

    private Samples() {}

    public static Map<String, Sample> all() {
        Map<String, Sample> all = new TreeMap<>();
        all.put("basic", basic());
        all.put("sustained", sustained());
        all.put("spike", spike());
        all.put("endurance", endurance());
        all.put("stress", stress());
        all.put("ramp", ramp());
        all.put("empty", empty());
        all.put("nasty", nasty());
        all.put("long", nasty(LONG));
        all.put("worst", worst());
        all.put("invalid", invalid());
        all.put("interrupted", interrupted());
        return all;
    }

    public static Sample basic() {
        return sample("ShopLoadTest.basic", new Kind.Basic(), Workload.burst(100), 1, 100, 0, passed());
    }

    public static Sample sustained() {
        return sample(
                "ShopLoadTest.sustained",
                new Kind.Sustained(),
                Workload.paced(6000, Duration.ofMillis(10)),
                60,
                5990,
                10,
                new Verdict(
                        Verdict.Outcome.PASSED,
                        List.of(
                                row("Queue time P95", Band.ACCEPTABLE, "14.2 ms", 14.2e6, "< 10ms", "< 20ms"),
                                row("Success rate", Band.ACCEPTABLE, "99.83 %", 99.83, "> 99.9%", "> 99%")),
                        List.of(),
                        List.of("Throughput is fixed by the plan.")));
    }

    public static Sample spike() {
        Sample spike = sample(
                "ShopLoadTest.spike", new Kind.Spike(Duration.ofSeconds(5)), Workload.burst(500), 3, 480, 20, failed());
        return with(
                spike,
                new Recovery(Duration.ofMillis(2300), true, Duration.ofSeconds(5)),
                null,
                spike.result().phases());
    }

    public static Sample endurance() {
        return sample(
                "ShopLoadTest.endurance",
                new Kind.Endurance(),
                Workload.paced(10_000, Duration.ofMillis(60)),
                600,
                9990,
                10,
                passed());
    }

    public static Sample stress() {
        Sample base = sample(
                "ShopLoadTest.stress",
                new Kind.Stress(100, 2000, 100, Duration.ofSeconds(5), 1000),
                Workload.burst(100),
                24,
                7800,
                0,
                failed());
        List<PhaseResult> phases = new ArrayList<>();
        for (int step = 1; step <= 12; step++) {
            phases.add(step(step * 100L, step * 2L, 1, step * 1.2));
        }
        phases.add(step(1250, 26, 1, 34));
        phases.add(step(1300, 28, 1, 60));
        phases.add(step(1250, 30, 2, 36));
        phases.add(step(1300, 32, 2, 38)); // held by chance
        phases.add(step(1250, 34, 3, 35));
        phases.add(step(1300, 36, 3, 65));
        return with(
                base,
                null,
                new BreakingPoint(
                        1250,
                        1300,
                        "mean response time 72 ms, limit 50 ms",
                        1250,
                        0,
                        new BreakingPoint.Runs(3, 0),
                        new BreakingPoint.Runs(1, 2),
                        false),
                phases);
    }

    /** Takes as long as a target with some contention and some coherency would. */
    private static PhaseResult step(long size, long second, int run, double millis) {
        PhaseResult step = phase(size + " at once" + (run == 1 ? "" : " #" + run), size, second, millis);
        double seconds = (1 + 0.02 * (size - 1) + 1.2e-6 * size * (size - 1)) / 60;
        return taking(step, seconds * (1 + 0.04 * Math.sin((double) second)));
    }

    public static PhaseResult slower(PhaseResult step, int times) {
        return taking(step, times * (step.elapsed().toNanos() / 1e9));
    }

    private static PhaseResult taking(PhaseResult step, double seconds) {
        return new PhaseResult(
                step.name(),
                step.planned(),
                step.outcomes(),
                step.start(),
                Duration.ofNanos(Math.round(seconds * 1e9)),
                step.gaugeMax(),
                step.settled(),
                step.breach());
    }

    public static Sample ramp() {
        Sample base = sample(
                "ShopLoadTest.rampUp",
                new Kind.RampUp(),
                Workload.waves(500, Duration.ofSeconds(60), Duration.ofSeconds(5)),
                60,
                500,
                0,
                passed());
        List<PhaseResult> phases = new ArrayList<>();
        for (int tick = 1; tick <= 12; tick++) {
            phases.add(phase("tick " + tick, 42, (tick - 1) * 5L, 3 + tick * 0.5));
        }
        return with(base, null, null, phases);
    }

    /** Only what was planned, and when its phases began. */
    public static LoadResult phases(Kind kind, List<Workload> workloads, List<Duration> starts) {
        List<Phase> planned = new ArrayList<>();
        List<PhaseResult> phases = new ArrayList<>();
        for (int i = 0; i < workloads.size(); i++) {
            Workload workload = workloads.get(i);
            planned.add(new Phase("phase " + i, workload));
            phases.add(new PhaseResult(
                    "phase " + i,
                    workload.operations(),
                    new Outcomes(workload.operations(), 0, Distribution.EMPTY, Distribution.EMPTY),
                    starts.get(i),
                    workload.duration(),
                    Map.of()));
        }
        LoadResult r = empty().result();
        Scenario scenario = new Scenario(
                "ShopLoadTest.phases",
                kind,
                planned,
                r.scenario().targets(),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42);
        return LoadResult.of(scenario)
                .surroundings(new Surroundings(r.startedAt(), r.machine(), Map.of()))
                .volume(new Volume(0, 0, r.elapsed()))
                .phases(phases)
                .build();
    }

    public static Sample empty() {
        Scenario scenario =
                scenario("ShopLoadTest.nothing", new Kind.Custom(), Workload.burst(10), List.of(P95, QUEUE), 1);
        LoadResult result = LoadResult.of(scenario)
                .surroundings(new Surroundings(Instant.parse("2026-11-23T10:00:00Z"), machine(), Map.of()))
                .volume(new Volume(10, 0, Duration.ZERO))
                .build();
        return new Sample(
                result,
                new Verdict(
                        Verdict.Outcome.FAILED,
                        List.of(row("Queue time P95", Band.NO_DATA, "-", Double.NaN, "< 10ms", "< 20ms")),
                        List.of("queue time p95 was not measured")));
    }

    /** Markup and control characters wherever text can come from. */
    public static Sample nasty() {
        return nasty(NASTY);
    }

    public static Sample nasty(String text) {
        Sample base = sample(
                text,
                new Kind.Custom(),
                Workload.paced(1000, Duration.ofMillis(10)),
                10,
                900,
                100,
                new Verdict(
                        Verdict.Outcome.FAILED,
                        List.of(new Verdict.Row(
                                new Subject.OfMetric(Metric.GaugeValue.of(text, Statistic.OWN)),
                                text,
                                Band.CRITICAL,
                                text,
                                1,
                                text,
                                text,
                                text)),
                        List.of(text),
                        List.of(text),
                        List.of(new Reading(GeneratorFigure.LAG, text, 1, text, Standing.BROKEN, text))));
        LoadResult r = base.result();
        List<Target> targets = List.of(
                new Target(
                        Metric.Time.response(95),
                        text,
                        new Bound(true, 10e6, Unit.NANOS, text),
                        new Bound(true, 20e6, Unit.NANOS, text),
                        false),
                new Target(
                        Metric.GaugeValue.of(text, Statistic.OWN),
                        text,
                        new Bound(true, 50, Unit.COUNT, text),
                        new Bound(true, 90, Unit.COUNT, text),
                        false));
        Scenario scenario = new Scenario(
                text,
                r.scenario().kind(),
                List.of(new Phase(text, Workload.burst(10)), new Phase(text + "2", Workload.burst(20))),
                new Targets(targets, text),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                0.1,
                42,
                new Phase(text, Workload.burst(1)),
                List.of());
        List<FailureGroup> failures = List.of(new FailureGroup(
                text, text, 100, List.of(new FailureGroup.Sample(3, Duration.ofMillis(5), text, text))));
        GaugeSeries gauge = new GaugeSeries(
                text,
                Unit.COUNT,
                true,
                gauge(text, 10, 50).points(),
                new GaugeSeries.Values(0, 50, 25, 1, 0, List.of()),
                new GaugeSeries.Reads(41, 0, 3, text, false));
        LoadResult nasty = LoadResult.of(scenario)
                .surroundings(new Surroundings(
                        r.startedAt(),
                        new Machine(text, text, 2, 2L << 30, text, text, text),
                        Map.of(text, text, "environment", text)))
                .volume(r.volume())
                .outcomes(r.outcomes())
                .failures(failures, r.failureTime())
                .series(r.series())
                .phases(List.of(nastyPhase(text, 0, 10), nastyPhase(text + "2", 5, 20)))
                .warmUp(phase(text, 10, 0, 1))
                .gauges(List.of(gauge))
                .ending(new Ending(text, text, null, new BreakingPoint(10, 20, text)))
                .generator(GeneratorHealth.UNKNOWN.with(r.lag(), List.of(text)))
                .build();
        return new Sample(nasty, base.verdict());
    }

    private static PhaseResult nastyPhase(String text, long second, long operations) {
        PhaseResult phase = phase(text, operations, second, 1);
        return new PhaseResult(
                text,
                operations,
                phase.outcomes(),
                Duration.ofSeconds(second),
                Duration.ofSeconds(4),
                Map.of(text, 5.0));
    }

    /** As much as a result can hold: long texts, many intervals, steps, gauges and causes of failures. */
    public static Sample worst() {
        Sample base = with(
                sample(
                        "ShopLoadTest.worst",
                        new Kind.Endurance(),
                        Workload.paced(100_000, Duration.ofMillis(6)),
                        600,
                        90_000,
                        10_000,
                        failed()),
                null,
                null,
                java.util.stream.IntStream.range(0, 40)
                        .mapToObj(i -> phase(LONG + i, 2500, i * 15L, 3))
                        .toList());
        LoadResult r = base.result();
        List<FailureGroup> failures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String stack = (LONG + i + "\n\tat com.example.Shop.checkout(Shop.java:42)")
                    .repeat(2)
                    .substring(0, 16_000);
            FailureGroup.Sample sample = new FailureGroup.Sample(i, Duration.ofMillis(i), LONG, stack);
            failures.add(new FailureGroup(LONG + i, LONG, 100, List.of(sample, sample, sample)));
        }
        List<GaugeSeries> gauges = new ArrayList<>(gauges(600));
        for (int i = 0; i < 20; i++) {
            gauges.add(gauge("gauge " + i + LONG, 150, 1e5 / (i + 1)));
        }
        LoadResult worst = r.copy()
                .failures(failures, r.failureTime())
                .gauges(gauges)
                .generator(GeneratorHealth.UNKNOWN.with(r.lag(), List.of(LONG, LONG)))
                .build();
        return new Sample(worst, base.verdict());
    }

    public static Sample invalid() {
        Sample base = sample(
                "ShopLoadTest.lateGenerator",
                new Kind.Sustained(),
                Workload.paced(1000, Duration.ofMillis(10)),
                10,
                1000,
                0,
                new Verdict(
                        Verdict.Outcome.INVALID,
                        List.of(),
                        List.of("3 % of the operations started more than 10 ms late"),
                        List.of(),
                        List.of(
                                new Reading(GeneratorFigure.LAG, "812 ms", 812e6, "<= 100 ms", Standing.BROKEN, ""),
                                new Reading(
                                        GeneratorFigure.COLLECTIONS,
                                        "0.4 %",
                                        0.4,
                                        "<= 10 %",
                                        Standing.KEPT,
                                        "12, longest 17 ms"),
                                new Reading(
                                        GeneratorFigure.MACHINE_CPU,
                                        "98 %",
                                        98,
                                        "<= 100 %",
                                        Standing.NOT_JUDGED,
                                        ""))));
        return with(base, List.of("3 % of the operations started more than 10 ms late"), null);
    }

    public static Sample interrupted() {
        Sample base = sample(
                "ShopLoadTest.interrupted",
                new Kind.Endurance(),
                Workload.paced(1000, Duration.ofMillis(10)),
                4,
                400,
                0,
                new Verdict(Verdict.Outcome.INVALID, List.of(), List.of("interrupted after 400 of 1,000")));
        return with(base, List.of(), "interrupted after 400 of 1,000 operations");
    }

    private static Verdict passed() {
        return new Verdict(
                Verdict.Outcome.PASSED,
                List.of(
                        row("Queue time P95", Band.TARGET, "4.1 ms", 4.1e6, "< 10ms", "< 20ms"),
                        row("Queue size", Band.TARGET, "42", 42, "< 100", "< 500")),
                List.of());
    }

    private static Verdict failed() {
        return new Verdict(
                Verdict.Outcome.FAILED,
                List.of(
                        row("Queue time P95", Band.CRITICAL, "212 ms", 212e6, "< 10ms", "< 20ms"),
                        row("Queue time P99", Band.ACCEPTABLE, "48 ms", 48e6, "< 20ms", "< 50ms"),
                        row("Throughput", Band.TARGET, "812 ops/s", 812, "100+ ops/sec", "50+ ops/sec"),
                        row("Cache hit rate", Band.NO_DATA, "-", Double.NaN, "> 90%", "> 50%")),
                List.of("queue time p95 was 212 ms, critical above 20 ms", "cache hit rate has no data"));
    }

    private static Verdict.Row row(
            String metric, Band band, String actual, double value, String target, String acceptable) {
        return new Verdict.Row(
                new Subject.OfMetric(Metric.parse(metric)),
                metric,
                band,
                actual,
                value,
                target,
                acceptable,
                "",
                bounds(Target.of(metric, target, acceptable)));
    }

    private static Verdict.Bounds bounds(Target judged) {
        return new Verdict.Bounds(judged.target(), judged.acceptable());
    }

    private static Scenario scenario(String name, Kind kind, Workload workload, List<Target> targets, double scale) {
        return new Scenario(
                name,
                kind,
                List.of(new Phase("load", workload)),
                new Targets(targets, "performance-targets.md"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                scale,
                42);
    }

    private static Sample sample(
            String name, Kind kind, Workload workload, int seconds, long succeeded, long failed, Verdict verdict) {
        Random random = new Random(7);
        List<Interval> series = new ArrayList<>();
        Distribution all = Distribution.EMPTY;
        Distribution service = Distribution.EMPTY;
        for (int second = 0; second < seconds; second++) {
            long here = succeeded * (second + 1) / seconds - succeeded * second / seconds;
            long bad = failed * (second + 1) / seconds - failed * second / seconds;
            Distribution response = times(random, here, 4e6);
            Distribution own = times(random, here, 2e6);
            series.add(new Interval(
                    Duration.ofSeconds(second), Duration.ofSeconds(1), new Outcomes(here, bad, response, own)));
            all = all.plus(response);
            service = service.plus(own);
        }
        List<FailureGroup> failures = failed == 0
                ? List.of()
                : List.of(new FailureGroup(
                        "java.lang.IllegalStateException",
                        "Queue full: # of # conversations are waiting",
                        failed,
                        List.of(new FailureGroup.Sample(
                                3, Duration.ofMillis(12), "Queue full: 1024 of 1024 conversations are waiting", """
                                java.lang.IllegalStateException: Queue full: 1024 of 1024 conversations are waiting
                                \tat com.example.Shop.checkout(Shop.java:42)
                                \tat com.example.ShopLoadTest.spike(ShopLoadTest.java:17)
                                """))));
        Outcomes outcomes = new Outcomes(succeeded, failed, all, service);
        LoadResult result = LoadResult.of(scenario(name, kind, workload, List.of(P95, QUEUE), 0.1))
                .surroundings(new Surroundings(
                        Instant.parse("2026-11-23T10:00:00Z"),
                        machine(),
                        Map.of("environment", "EMBEDDED (no Docker engine answered)")))
                .volume(new Volume(succeeded + failed, succeeded + failed, Duration.ofSeconds(seconds)))
                .outcomes(outcomes)
                .generator(GeneratorHealth.UNKNOWN.with(times(random, succeeded, 2e5), List.of()))
                .failures(failures, failed == 0 ? Distribution.EMPTY : times(random, failed, 9e6))
                .series(series)
                .phases(List.of(new PhaseResult(
                        "load",
                        succeeded + failed,
                        outcomes,
                        Duration.ZERO,
                        Duration.ofSeconds(seconds),
                        Map.of("queue size", 80.0))))
                .gauges(gauges(seconds))
                .build();
        return new Sample(result, verdict);
    }

    private static Sample with(
            Sample base, @Nullable Recovery recovery, @Nullable BreakingPoint point, List<PhaseResult> phases) {
        LoadResult r = base.result();
        return new Sample(copy(r, recovery, point, phases, null, List.of()), base.verdict());
    }

    public static Sample withPhases(Sample base, List<PhaseResult> phases) {
        LoadResult r = base.result();
        return with(base, r.recovery(), r.breakingPoint(), phases);
    }

    private static Sample with(Sample base, List<String> faults, @Nullable String endedEarly) {
        LoadResult r = base.result();
        return new Sample(copy(r, null, null, r.phases(), endedEarly, faults), base.verdict());
    }

    private static LoadResult copy(
            LoadResult r,
            @Nullable Recovery recovery,
            @Nullable BreakingPoint point,
            List<PhaseResult> phases,
            @Nullable String endedEarly,
            List<String> faults) {
        return r.copy()
                .phases(phases.stream().map(phase -> judged(r, phase)).toList())
                .ending(new Ending(endedEarly, r.abortedBy(), recovery, point))
                .generator(r.generator().with(r.lag(), faults))
                .build();
    }

    /** As the plan of a stress test does it while the run goes on. */
    private static PhaseResult judged(LoadResult r, PhaseResult phase) {
        return r.scenario()
                .kind()
                .search()
                .flatMap(stress -> StressLimits.breach(stress.breaksWhen(), phase))
                .map(phase::withBreach)
                .orElse(phase);
    }

    private static PhaseResult phase(String name, long operations, long second, double millis) {
        Outcomes outcomes = new Outcomes(
                operations,
                0,
                times(new Random(second), operations, millis * 1e6),
                times(new Random(second), operations, millis * 5e5));
        return new PhaseResult(
                        name,
                        operations,
                        outcomes,
                        Duration.ofSeconds(second),
                        Duration.ofSeconds(1),
                        Map.of("queue size", operations / 2.0))
                .withSettled(Duration.ofMillis(300));
    }

    private static List<GaugeSeries> gauges(int seconds) {
        return List.of(
                gauge("queue size", seconds, 80),
                gauge("embedding backlog", seconds, 400),
                heap(seconds),
                gauge(GaugeSeries.PROCESS_CPU, seconds, 60),
                gauge(GaugeSeries.MACHINE_CPU, seconds, 85),
                gauge(GaugeSeries.COLLECTING, seconds, 4));
    }

    private static GaugeSeries heap(int seconds) {
        List<GaugeSeries.Point> points = new ArrayList<>();
        for (int i = 0; i < seconds; i += 2) {
            points.add(new GaugeSeries.Point(Duration.ofSeconds(i), 120e6 + 20e3 * i + 9e6 * Math.sin(i)));
        }
        String name = GaugeSeries.HEAP_AFTER_COLLECTION;
        return new GaugeSeries(
                name,
                Unit.BYTES,
                false,
                points,
                new GaugeSeries.Values(110e6, 141e6, 125e6, 128e6, Double.NaN, List.of()),
                GaugeSeries.Reads.good(points.size()));
    }

    private static GaugeSeries gauge(String name, int seconds, double peak) {
        List<GaugeSeries.Point> points = new ArrayList<>();
        for (int i = 0; i <= seconds * 4; i++) {
            points.add(
                    new GaugeSeries.Point(Duration.ofMillis(i * 250L), Math.rint(peak * Math.abs(Math.sin(i / 9.0)))));
        }
        Unit unit = GaugeSeries.ofEngine(name) ? Unit.PERCENT : Unit.COUNT;
        GaugeSeries.Values values = new GaugeSeries.Values(0, peak, peak / 2, 1, 0, List.of());
        return new GaugeSeries(name, unit, true, points, values, GaugeSeries.Reads.good(points.size()));
    }

    public static Distribution times(Random random, long count, double medianNanos) {
        TreeMap<Long, Long> buckets = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            double nanos = medianNanos * Math.exp(random.nextGaussian() * 0.6);
            buckets.merge(Math.round(nanos / 10_000) * 10_000 + 10_000, 1L, Long::sum);
        }
        return Distribution.of(
                buckets.keySet().stream().mapToLong(Long::longValue).toArray(),
                buckets.values().stream().mapToLong(Long::longValue).toArray());
    }

    private static Machine machine() {
        return new Machine(
                "Linux 6.1", "amd64", 2, 2L << 30, "17.0.15", "OpenJDK 64-Bit Server VM", "platform threads");
    }
}
