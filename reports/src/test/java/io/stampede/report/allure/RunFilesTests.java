package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.report.VerdictTable;
import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.report.readiness.ReadinessResult;
import io.stampede.report.testing.Samples;
import io.stampede.report.text.Console;
import io.stampede.report.text.Json;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path results;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path reports;

    private final @Nullable String before = System.getProperty("stampede.report.dir");

    @BeforeEach
    void setDirectory() {
        System.setProperty("stampede.report.dir", reports.toString());
    }

    @AfterEach
    void restoreDirectory() {
        if (before == null) {
            System.clearProperty("stampede.report.dir");
        } else {
            System.setProperty("stampede.report.dir", before);
        }
    }

    @Test
    void environmentSaysModeScaleSeedAndMachine() throws Exception {
        Run run = run(Samples.spike(), Samples.empty());

        RunFiles.write(results, run.figures());

        Properties environment = new Properties();
        environment.load(Files.newInputStream(results.resolve("environment.properties")));
        assertThat(environment)
                .containsEntry("environment", "EMBEDDED (no Docker engine answered)")
                .containsEntry("Scale", "0.1, 1")
                .containsEntry("Seed", "42")
                .containsEntry("Processors", "2")
                .containsEntry("Java", "17.0.15, OpenJDK 64-Bit Server VM");
    }

    @Test
    void figuresCarryWhatAllureThreeRequires() throws Exception {
        RunFiles.write(results, run(Samples.spike(), Samples.empty()).figures());

        String json = Files.readString(results.resolve("load-perf.json"));
        assertThat(json)
                .startsWith("[{\"id\":\"ShopLoadTest.spike.response_p50_ms\","
                        + "\"key\":\"ShopLoadTest.spike.response_p50_ms\",\"title\":\"response time p50\",\"value\":")
                .contains("\"unit\":\"ms\",\"better\":\"lower\"")
                .contains("\"start\":1795428000000,\"stop\":1795428003000,\"group\":\"ShopLoadTest.spike\"")
                .doesNotContain("NaN");
    }

    @Test
    void anInvalidRunHasNoFiguresAndNoGates() {
        Run run = run(Samples.invalid());

        assertThat(run.figures().metrics()).isEmpty();
        assertThat(run.figures().gates()).isEmpty();
    }

    @Test
    void gatesAreTheBoundsBeyondWhichATestFails() {
        Run run = run(Samples.spike());

        assertThat(run.figures().gates())
                .contains(new Figures.Gate("ShopLoadTest.spike.judged_queue_time_p95", true, 20));
        assertThat(run.figures().metrics())
                .filteredOn(figure -> figure.key().equals("ShopLoadTest.spike.judged_queue_time_p95"))
                .singleElement()
                .satisfies(figure -> {
                    assertThat(figure.value()).isEqualTo(212.0);
                    assertThat(figure.unit()).isEqualTo("ms");
                    assertThat(figure.lowerIsBetter()).isTrue();
                });
    }

    @Test
    void loadTestsOfTheSameNameKeepFilesOfTheirOwn() {
        Run run = new Run(null, Console.ofProcess());

        assertThat(run.add(Samples.spike().result(), Samples.spike().verdict(), null))
                .hasFileName("ShopLoadTest.spike");
        assertThat(run.add(Samples.spike().result(), Samples.spike().verdict(), null))
                .hasFileName("ShopLoadTest.spike-2");
    }

    @Test
    void loadTestsOfTwoClassesOfOneNameKeepTheirResultsApart() {
        Run run = new Run(null, Console.ofProcess());
        Run otherJvm = new Run(null, Console.ofProcess());
        Samples.Sample spike = Samples.spike();

        assertThat(run.add(spike.result(), spike.verdict(), "io.shop.ShopLoadTest#spike"))
                .hasFileName("ShopLoadTest.spike");
        assertThat(otherJvm.add(spike.result(), spike.verdict(), "io.cart.ShopLoadTest#spike"))
                .hasFileName("io.cart.ShopLoadTest.spike");
        assertThat(otherJvm.add(spike.result(), spike.verdict(), "io.cart.ShopLoadTest#spike"))
                .as("a rerun")
                .hasFileName("io.cart.ShopLoadTest.spike-2");
        assertThat(otherJvm.figures().metrics())
                .extracting(Allure3Metric::key)
                .doesNotContainAnyElementsOf(
                        run.figures().metrics().stream().map(Allure3Metric::key).toList());
    }

    @Test
    void figuresOfOtherJvmsAreReadAsTheyWereWritten() {
        Figures figures = run(Samples.spike(), Samples.empty()).figures();

        String json = Json.of(generator -> Json.write(generator, figures.data()));

        assertThat(Figures.of(Objects.requireNonNull(Json.parse(json)))).isEqualTo(figures);
    }

    @Test
    void plansWithinAPlanAndRepeatedPlansBelongToOneRun() {
        Run run = new Run(null, Console.ofProcess());

        assertThat(run.begin()).as("first").isTrue();
        assertThat(run.begin()).as("within a test").isFalse();
        run.add(Samples.spike().result(), Samples.spike().verdict(), null);

        assertThat(run.end()).as("within a test").isFalse();
        assertThat(run.end()).as("outermost").isTrue();
        assertThat(run.begin()).as("repeats failures").isFalse();
        assertThat(run.end()).as("nothing new").isFalse();
    }

    @Test
    void everyMessageBelongsToOneCategory() {
        Samples.Sample missed = Samples.stress();
        Verdict strict = new Verdict(
                Verdict.Outcome.FAILED,
                List.of(new Verdict.Row(
                        new Subject.OfMetric(Metric.Time.response(95)),
                        "P95",
                        Band.ACCEPTABLE,
                        "14 ms",
                        14e6,
                        "< 10 ms",
                        "< 20 ms",
                        "")),
                List.of("p95 was 14 ms"));

        assertThat(categories("failed", VerdictTable.renderWorstFirst(missed.result(), missed.verdict())))
                .containsExactly("Performance target missed");
        assertThat(categories(
                        "failed",
                        VerdictTable.renderWorstFirst(
                                Samples.empty().result(), Samples.empty().verdict())))
                .containsExactly("No data: a target's metric was not measured");
        assertThat(categories("failed", VerdictTable.renderWorstFirst(missed.result(), strict)))
                .containsExactly("Acceptable was not good enough (strict)");
        assertThat(categories(
                        "skipped",
                        VerdictTable.renderWorstFirst(
                                Samples.invalid().result(), Samples.invalid().verdict())))
                .containsExactly("Invalid run: the load generator was at fault");
        assertThat(categories("broken", "@SpikeTest on A.b(): concurrent = 0, but it must be at least 1."))
                .containsExactly("Configuration error");
        assertThat(categories("failed", ReadinessResult.PREFIX + "3 red, CRITICAL"))
                .containsExactly("Ready for production?");
        assertThat(categories("skipped", ReadinessResult.PREFIX + "3 not run"))
                .containsExactly("Ready for production?");
        assertThat(categories("failed", "expected: 1\n but was: 2")).containsExactly("Other failure");
        assertThat(categories("broken", "")).containsExactly("Other failure");
    }

    @Test
    void executorIsTheCiThatRuns() {
        assertThat(RunFiles.executor(Map.of())).isNull();
        byte[] github = RunFiles.executor(Map.of(
                "GITHUB_RUN_ID", "77", "GITHUB_RUN_NUMBER", "5", "GITHUB_REPOSITORY", "a/b", "GITHUB_WORKFLOW", "ci"));
        assertThat(github)
                .isNotNull()
                .asString()
                .contains("\"buildOrder\":5", "https://github.com/a/b/actions/runs/77");
    }

    private static List<String> categories(String status, String message) {
        return Category.ALL.stream()
                .filter(category -> category.statuses().contains(status))
                .filter(category -> message.matches(category.messageRegex()))
                .map(Category::name)
                .toList();
    }

    private static Run run(Samples.Sample... samples) {
        Run run = new Run(null, Console.ofProcess());
        for (Samples.Sample sample : samples) {
            run.add(sample.result(), sample.verdict(), null);
        }
        return run;
    }
}
