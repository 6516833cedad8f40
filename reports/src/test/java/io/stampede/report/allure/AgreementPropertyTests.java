package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.verdict.Judge;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.report.readiness.EvidenceLog;
import io.stampede.report.readiness.Readiness;
import io.stampede.report.text.Console;
import io.stampede.report.text.Directories;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.Outcomes;
import io.stampede.result.Surroundings;
import io.stampede.result.Volume;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Target;
import io.stampede.targets.Targets;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What JUnit makes of a result, the checklist and Allure's gates make of it too. The seed is fixed. */
class AgreementPropertyTests {

    private static final Pattern OUTCOME = Pattern.compile("\"outcome\":\"(\\w+)\"");

    /** Two values that are at their bounds, or a little or far beyond. */
    record Measured(double p95Millis, int failedOf1000, double dash, double blank, boolean measured) {}

    /** Which table, how strict, and how the run was planned. */
    record Setting(List<Target> table, Band failOn, Kind kind, boolean generatorAtFault) {}

    // Combinations of the first and last values alone would be more than the tries.
    @Property(seed = "1706", tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void junitReadinessAndGatesJudgeEachResultAlike(
            @ForAll("measured") Measured measured, @ForAll("settings") Setting setting) throws IOException {
        LoadResult result = result(measured, setting);
        Verdict verdict = Judge.judge(result);
        List<Allure3Metric> figures = Allure3Metric.of(result, verdict, "Shop.load");
        List<Figures.Gate> gates = Figures.Gate.of(result, verdict, "Shop.load");

        assertThat(readiness(result, verdict)).isEqualTo(verdict.outcome().name());
        if (verdict.outcome() == Verdict.Outcome.INVALID) {
            assertThat(gates).isEmpty();
            assertThat(figures).isEmpty();
            return;
        }
        Map<String, Double> values =
                figures.stream().collect(Collectors.toMap(Allure3Metric::key, Allure3Metric::value)); // each key once
        assertThat(gates.stream().allMatch(gate -> holds(gate, values)))
                .as("%s: %s of %s", verdict, gates, values)
                .isEqualTo(verdict.passed());
        for (Allure3Metric.Judged judged : Allure3Metric.Judged.of(verdict)) {
            Figures.Gate gate = gates.stream()
                    .filter(one -> one.key().equals("Shop.load." + judged.key()))
                    .findFirst()
                    .orElseThrow();
            assertThat(holds(gate, values))
                    .as("%s by %s", judged.row(), gate)
                    .isEqualTo(judged.row().band().compareTo(setting.failOn()) < 0);
        }
        assertThat(Allure3Metric.Judged.of(verdict))
                .as("each row of the table has a gate of its own")
                .hasSizeGreaterThanOrEqualTo(setting.table().size());
    }

    private static boolean holds(Figures.Gate gate, Map<String, Double> values) {
        Double value = values.get(gate.key());
        return value != null && (gate.upper() ? value <= gate.value() : value >= gate.value());
    }

    private static String readiness(LoadResult result, Verdict verdict) throws IOException {
        Path directory = Files.createTempDirectory("agreement");
        try {
            EvidenceLog log = new EvidenceLog(null);
            log.add(result, verdict, "io.shop.ShopTest#load", "load/summary.html");
            assertThat(Readiness.of(directory, log, Duration.ofHours(1), null, Console.ofProcess()))
                    .isPresent();
            Matcher outcome = OUTCOME.matcher(Files.readString(directory.resolve("readiness.json")));
            assertThat(outcome.find()).isTrue();
            return outcome.group(1);
        } finally {
            Directories.delete(directory);
        }
    }

    @Provide
    Arbitrary<Measured> measured() {
        return Combinators.combine(
                        Arbitraries.of(1.0, 9.0, 10.0, 15.0, 20.0, 25.0),
                        Arbitraries.of(0, 1, 2, 5, 10, 11, 50, 100, 101, 1000),
                        Arbitraries.of(0.0, 99.0, 100.0, 101.0, 190.0, 500.0, 501.0),
                        Arbitraries.of(0.0, 100.0, 300.0, 600.0),
                        Arbitraries.of(true, true, true, false))
                .as(Measured::new);
    }

    @Provide
    Arbitrary<Setting> settings() {
        Target strict = Target.of("Success rate", "> 99.9%", "> 99%");
        Arbitrary<List<Target>> success = Arbitraries.of(
                List.of(),
                List.of(Target.of("Success rate", "> 90%")),
                List.of(Target.of("Success rate", "> 99%", "> 90%")),
                List.of(new Target(strict.metric(), strict.label(), strict.target(), strict.acceptable(), true)));
        Arbitrary<List<Target>> times = Arbitraries.of(
                List.of(),
                List.of(Target.of("response time p95", "< 10 ms", "< 20 ms")),
                List.of(Target.of("response time mean", "< 5 ms", "< 15 ms")));
        Arbitrary<List<Target>> gauges = Arbitraries.of(
                List.of(),
                List.of(Target.of("pool-size", "< 100", "< 500"), Target.of("pool size", "< 100", "< 500")),
                List.of(Target.of("pool-size min", "> 99")));
        Arbitrary<List<Target>> table = Combinators.combine(success, times, gauges)
                .as((one, two, three) -> {
                    List<Target> rows = new ArrayList<>(one);
                    rows.addAll(two);
                    rows.addAll(three);
                    return rows;
                });
        return Combinators.combine(
                        table,
                        Arbitraries.of(Band.CRITICAL, Band.ACCEPTABLE),
                        Arbitraries.<Kind>of(
                                new Kind.Basic(),
                                new Kind.Endurance(99.9),
                                new Kind.Endurance(99.5),
                                spike(900),
                                spike(1100),
                                new Kind.Sustained()),
                        Arbitraries.of(false, false, false, true))
                .as(Setting::new);
    }

    /** The runs take a second. Nobody watched their recovery, which is a rule without bounds. */
    private static Kind spike(int allDoneMillis) {
        return new Kind.Spike(Duration.ofSeconds(5), Duration.ofMillis(allDoneMillis), Duration.ofMillis(10));
    }

    private static LoadResult result(Measured measured, Setting setting) {
        boolean spike = setting.kind().spike().isPresent();
        Workload plan = spike ? Workload.burst(1000) : Workload.paced(1000, Duration.ofMillis(1));
        Scenario scenario = new Scenario(
                "Shop.load",
                setting.kind(),
                List.of(new Phase("load", plan)),
                new Targets(setting.table(), "code"),
                setting.failOn(),
                Duration.ofSeconds(1),
                1,
                42);
        int succeeded = 1000 - measured.failedOf1000();
        long nanos = Math.round(measured.p95Millis() * 1e6);
        Distribution times =
                succeeded == 0 ? Distribution.EMPTY : Distribution.of(new long[] {nanos}, new long[] {succeeded});
        LoadResult result = LoadResult.of(scenario)
                .surroundings(new Surroundings(
                        Instant.parse("2026-11-23T10:00:00Z"),
                        new Machine("Linux", "amd64", 2, 1L << 30, "17", "JVM", "platform"),
                        Map.of()))
                .volume(new Volume(1000, 1000, Duration.ofSeconds(1)))
                .outcomes(new Outcomes(succeeded, measured.failedOf1000(), times, times))
                .gauges(List.of(
                        gauge("pool-size", measured.dash(), measured.measured()),
                        gauge("pool size", measured.blank(), true)))
                .build();
        return setting.generatorAtFault()
                ? result.copy()
                        .generator(result.generator().with(Distribution.EMPTY, List.of("it stalled")))
                        .build()
                : result;
    }

    private static GaugeSeries gauge(String name, double value, boolean measured) {
        GaugeSeries.Point point = new GaugeSeries.Point(Duration.ZERO, value);
        return new GaugeSeries(
                name,
                Unit.COUNT,
                true,
                measured ? List.of(point) : List.of(),
                measured
                        ? new GaugeSeries.Values(
                                value, value, value, value, value, List.of(new GaugeSeries.Bin(value, 1)))
                        : GaugeSeries.Values.NONE,
                GaugeSeries.Reads.good(measured ? 1 : 0));
    }
}
