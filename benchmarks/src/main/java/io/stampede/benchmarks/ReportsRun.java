package io.stampede.benchmarks;

import io.stampede.internal.verdict.Judge;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.report.LoadReporter;
import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.result.Surroundings;
import io.stampede.result.Volume;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A build of load tests that were all run already, so that all of its time is reporting, in a JVM of its own. */
final class ReportsRun {

    static final String COMMAND = "reports-run";

    static final int INTERVALS = 600;
    static final int PHASES = 10;
    static final int GAUGES = 8;
    static final int CAUSES = 20;

    private static List<LoadResult> results = List.of();
    private static boolean reported;

    private ReportsRun() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int tests = arguments.whole("--tests", 1, 1, 1_000);
        arguments.end();

        results = IntStream.range(0, tests).mapToObj(ReportsRun::result).toList();
        PrintStream before = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Map<String, Double> figures = new LinkedHashMap<>();
        try {
            build(false);
            reported = true;
            figures.put("cold", build(true));
            figures.put("warm", build(true));
        } finally {
            System.setOut(before);
        }
        ChildJvm.tell(out, figures);
    }

    /** @return the nanoseconds it took */
    private static double build(boolean listeners) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(Tests.class))
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(listeners)
                .build();
        long begin = System.nanoTime();
        LauncherFactory.create(config).execute(request);
        return System.nanoTime() - begin;
    }

    /** One test for each result; found by JUnit. */
    static final class Tests {

        @TestFactory
        Stream<DynamicTest> all() {
            return results.stream()
                    .map(result -> DynamicTest.dynamicTest(result.scenario().name(), () -> report(result)));
        }
    }

    private static void report(LoadResult result) {
        if (reported) {
            for (LoadReporter reporter : ServiceLoader.load(LoadReporter.class)) {
                reporter.finished(result, Judge.judge(result));
            }
        }
    }

    private static LoadResult result(int number) {
        Random random = new Random(number);
        Workload workload = Workload.arrivals(Rate.perSecond(1000), Duration.ofSeconds(INTERVALS / PHASES));
        List<Phase> phases = IntStream.range(0, PHASES)
                .mapToObj(phase -> Phase.of("phase " + phase, workload))
                .toList();
        List<Interval> series = new ArrayList<>();
        Distribution response = Distribution.EMPTY;
        Distribution service = Distribution.EMPTY;
        for (int second = 0; second < INTERVALS; second++) {
            Distribution one = times(random, 4e6);
            Distribution other = times(random, 2e6);
            series.add(
                    new Interval(Duration.ofSeconds(second), Duration.ofSeconds(1), new Outcomes(990, 10, one, other)));
            response = response.plus(one);
            service = service.plus(other);
        }
        List<PhaseResult> ran = new ArrayList<>();
        for (int phase = 0; phase < PHASES; phase++) {
            ran.add(new PhaseResult(
                    "phase " + phase,
                    60_000,
                    new Outcomes(59_400, 600, times(random, 4e6), times(random, 2e6)),
                    Duration.ofSeconds(60L * phase),
                    Duration.ofSeconds(60),
                    Map.of()));
        }
        Scenario scenario = new Scenario(
                "BenchmarkLoadTest.test" + number,
                new Kind.Custom(),
                phases,
                Targets.builtIn(),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42);
        Distribution lag = times(random, 1e5);
        return LoadResult.of(scenario)
                .surroundings(new Surroundings(
                        Instant.now().minusSeconds(INTERVALS),
                        Machine.here("platform"),
                        Map.of("environment", "BENCHMARK")))
                .volume(new Volume(600_000, 600_000, Duration.ofSeconds(INTERVALS)))
                .outcomes(new Outcomes(594_000, 6_000, response, service))
                .failures(IntStream.range(0, CAUSES).mapToObj(ReportsRun::cause).toList(), times(random, 9e6))
                .series(series)
                .phases(ran)
                .gauges(IntStream.range(0, GAUGES)
                        .mapToObj(gauge -> gauge(gauge, random))
                        .toList())
                .generator(GeneratorHealth.UNKNOWN.with(lag, List.of()))
                .build();
    }

    private static FailureGroup cause(int cause) {
        String trace = "java.lang.IllegalStateException: out of stock\n"
                + "\tat com.example.Shop.checkout(Shop.java:42)\n".repeat(100);
        return new FailureGroup(
                "java.lang.IllegalStateException",
                "cause " + cause,
                300,
                List.of(new FailureGroup.Sample(cause, Duration.ofSeconds(1), "out of stock", trace)));
    }

    private static GaugeSeries gauge(int gauge, Random random) {
        List<GaugeSeries.Point> points = IntStream.range(0, INTERVALS)
                .mapToObj(second -> new GaugeSeries.Point(Duration.ofSeconds(second), random.nextInt(100)))
                .toList();
        GaugeSeries.Values values = new GaugeSeries.Values(0, 99, 50, 7, 0, List.of());
        return new GaugeSeries("gauge " + gauge, Unit.COUNT, false, points, values, GaugeSeries.Reads.good(INTERVALS));
    }

    private static Distribution times(Random random, double medianNanos) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            counts.merge(Math.round(medianNanos * Math.exp(random.nextGaussian() / 2)) / 1000 * 1000, 2L, Long::sum);
        }
        return Distribution.of(
                counts.keySet().stream().mapToLong(Long::longValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
    }
}
