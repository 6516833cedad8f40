package io.stampede.report.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stampede.report.allure.EvidenceLoadTestCase;
import io.stampede.report.allure.Launch;
import io.stampede.report.allure.OwnJvm;
import io.stampede.report.allure.ShortLoadTestCase;
import io.stampede.report.allure.UnreportedTestCase;
import io.stampede.report.readiness.Evidence.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builds leave of readiness, from outside. */
class ReadinessTests {

    /** Its page takes seconds to make, and most of these tests look elsewhere. */
    private static final String WITHOUT_ALLURE = "-Dstampede.report.html=false";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void ordinaryTestsAreEvidenceWithoutALoadTest() throws Exception {
        List<String> output = Launch.of(work, ReadinessTestCase.class);

        Ledger ledger = ledger();
        assertThat(outcome(ledger, "ReadinessTestCase#passes")).isEqualTo(Outcome.PASSED);
        assertThat(outcome(ledger, "ReadinessTestCase#failsOnce")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(ledger, "ReadinessTestCase$Documented#first")).isEqualTo(Outcome.PASSED);
        assertThat(outcome(ledger, "ReadinessTestCase$Documented#second")).isEqualTo(Outcome.NOTHING_SHOWN);
        assertThat(outcome(ledger, "ReadinessTestCase$NeverBegins#neverRun")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(ledger, "ReadinessTestCase#aborted")).isEqualTo(Outcome.NOTHING_SHOWN);
        assertThat(outcome(ledger, "ReadinessTestCase#dynamic")).isEqualTo(Outcome.PASSED);
        assertThat(ledger.evidence()).hasSize(7);
        assertThat(output)
                .last()
                .asString()
                .startsWith("Readiness: Not ready for production, 3 of 12 lines green, 2 red, 7 not run: ")
                .endsWith("readiness.html");
        assertThat(work.resolve("target/stampede/allure-report")).doesNotExist();
        assertThat(markdown())
                .contains("| ✅ green | Monitoring | 1 passed. | ReadinessTestCase&#35;passes: passed |")
                .contains("| ❌ red | Graceful shutdown | 1 failed: ")
                .contains("| ⚪ not run | Documentation | ")
                .contains("| ✅ green | Backups are &#124; &#60;b&#62;restored&#60;/b&#62; | ");
    }

    @Test
    void aLoadTestThatGaveNoResultFailsItsLine() throws Exception {
        Launch.of(work, BrokenLoadTestCase.class, WITHOUT_ALLURE);

        assertThat(ledger().evidence())
                .filteredOn(one -> one.outcome() == Outcome.FAILED)
                .extracting(Evidence::load)
                .contains(
                        "BrokenLoadTestCase.misspelt",
                        "BrokenLoadTestCase.neverRun",
                        "BrokenLoadTestCase.NeverBegins.load")
                .doesNotHaveDuplicates();
        assertThat(markdown()).contains("| ❌ red | Sustained load | ").contains("| ❌ red | All targets met | ");
    }

    @Test
    void aLaterPlanOfTheBuildAddsToIt() throws Exception {
        Launch.of(work, ReadinessTestCase.class);
        List<String> output = Launch.of(work, EvidenceLoadTestCase.class);

        Ledger ledger = ledger();
        assertThat(ledger.evidence()).hasSize(11);
        Evidence sustained = ledger.evidence().stream()
                .filter(one -> "ShopLoadTest.sustained".equals(one.load()))
                .findFirst()
                .orElseThrow();
        assertThat(sustained.page()).isEqualTo("./load/ShopLoadTest.sustained/summary.html");
        assertThat(sustained.test()).endsWith("EvidenceLoadTestCase#sustained");
        assertThat(sustained.allure()).startsWith("./allure-report/index.html#testresult/");
        assertThat(ledger.evidence())
                .filteredOn(one -> "ShopLoadTest.basic".equals(one.load()))
                .as("what a test asserts of its load test counts")
                .singleElement()
                .extracting(Evidence::outcome)
                .isEqualTo(Outcome.FAILED);
        assertThat(output.get(output.size() - 2)).startsWith("Readiness: Not ready");
        assertThat(output.get(output.size() - 1)).startsWith("Allure report: ");
        assertThat(markdown())
                .contains("| ❌ red | Sustained load | INVALID, so it proves nothing: ShopLoadTest.lateGenerator. |");
    }

    @Test
    void isAnItemOfAllureWithAStepForEachLine() throws Exception {
        Launch.of(work, EvidenceLoadTestCase.class, WITHOUT_ALLURE);

        String item = item();
        assertThat(item)
                .contains(
                        "\"name\":\"Ready for production?\"",
                        "\"status\":\"failed\"",
                        "Monitoring: not run. EvidenceLoadTestCase#sustained passed at a part of its size.")
                .contains("\"name\":\"Endurance: not run. No load test of this kind gave a result.\","
                        + "\"status\":\"skipped\"")
                .contains("\"url\":\"./../readiness.html\"");
        assertThat(history(item)).hasSize(32);

        Launch.of(work, EvidenceLoadTestCase.class, WITHOUT_ALLURE);

        assertThat(history(item())).as("the history is one").isEqualTo(history(item));
    }

    @Test
    void modulesThatShareADirectoryMakeOneChecklist() throws Exception {
        Path first = Files.createDirectories(work.resolve("first"));
        Path second = Files.createDirectories(work.resolve("second"));
        String shared = "-Dstampede.readiness.dir=" + work.resolve("shared");

        OwnJvm one = OwnJvm.begin(first, ReadinessTestCase.class, shared);
        OwnJvm other = OwnJvm.begin(second, EvidenceLoadTestCase.class, WITHOUT_ALLURE, shared);
        one.await();
        other.await();

        Ledger ledger = ReadinessFile.parse(Files.readString(work.resolve("shared/readiness.json")));
        assertThat(ledger.evidence()).hasSize(11);
        assertThat(ledger.evidence())
                .filteredOn(evidence -> evidence.page() != null)
                .extracting(Evidence::page)
                .contains("./../second/target/stampede/load/ShopLoadTest.sustained/summary.html");
        assertThat(first.resolve("target/stampede/readiness.json")).doesNotExist();
    }

    @Test
    void aLoadTestThatDoesNotRunAgainShinesNoLonger() throws Exception {
        Launch.of(work, UnsteadyLoadTestCase.class, WITHOUT_ALLURE);
        assertThat(ledger().evidence())
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.page()).isNotNull());

        List<String> output = Launch.of(work, UnsteadyLoadTestCase.class, WITHOUT_ALLURE, "-Dunsteady=true");

        assertThat(ledger().evidence())
                .extracting(Evidence::name, Evidence::outcome, Evidence::detail, Evidence::page)
                .containsExactlyInAnyOrder(
                        tuple(
                                "UnsteadyLoadTestCase.WithoutItsDatabase.spike",
                                Outcome.FAILED,
                                failed("no database"),
                                null),
                        tuple(
                                "UnsteadyLoadTestCase.WithoutItsMachine.anotherSpike",
                                Outcome.FAILED,
                                failed("no machine"),
                                null),
                        tuple(
                                "UnsteadyLoadTestCase.disabled",
                                Outcome.NOTHING_SHOWN,
                                "System property [unsteady] with value [true] matches regular expression [true]",
                                null));
        assertThat(output)
                .last()
                .asString()
                .startsWith("Readiness: Not ready for production, 0 of 9 lines green, 2 red");
        assertThat(markdown())
                .contains("| ❌ red | Spike | 2 failed: ")
                .contains("UnsteadyLoadTestCase.disabled: skipped or aborted");

        Launch.of(work, UnsteadyLoadTestCase.class, WITHOUT_ALLURE);

        assertThat(ledger().evidence())
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.page()).isNotNull());
    }

    private static String failed(String why) {
        return "org.opentest4j.AssertionFailedError: " + why;
    }

    @Test
    void aLoadTestInAnotherThreadIsOfTheTestThatRunsAlone() throws Exception {
        Launch.of(work, ThreadsLoadTestCase.class);

        assertThat(ledger().evidence())
                .filteredOn(one -> !one.name().equals("in no test"))
                .hasSize(3)
                .allSatisfy(one -> {
                    assertThat(one.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(one.test()).startsWith("io.stampede.report.readiness.ThreadsLoadTestCase$Failing#");
                    assertThat(one.allure()).startsWith("./allure-report/index.html#testresult/");
                    assertThat(Launch.read(work.resolve("target/stampede").resolve(Objects.requireNonNull(one.page()))))
                            .contains("-Dit.test=");
                });
        assertThat(ledger().evidence())
                .filteredOn(one -> one.name().equals("in no test"))
                .singleElement()
                .satisfies(one -> assertThat(one.outcome()).isEqualTo(Outcome.OUTSIDE));
    }

    @Test
    void linksNothingThatALaterPageNoLongerShows() throws Exception {
        Path first = Files.createDirectories(work.resolve("first"));
        Path second = Files.createDirectories(work.resolve("second"));
        String shared = "-Dstampede.readiness.dir=" + work.resolve("shared");
        Launch.of(first, EvidenceLoadTestCase.class, shared);
        Launch.of(second, ShortLoadTestCase.class, shared);
        String kept = allure("ShortLoadTestCase.first");
        assertThat(kept).startsWith("./../second/target/stampede/allure-report/index.html#testresult/");
        assertThat(allure("ShopLoadTest.sustained"))
                .startsWith("./../first/target/stampede/allure-report/index.html#testresult/");

        Launch.of(first, UnsteadyLoadTestCase.class, shared);

        assertThat(allure("ShopLoadTest.sustained"))
                .as("its page was made anew, without it")
                .isNull();
        assertThat(allure("ShortLoadTestCase.first"))
                .as("in another module's page")
                .isEqualTo(kept);
        assertThat(allure("UnsteadyLoadTestCase.disabled"))
                .startsWith("./../first/target/stampede/allure-report/index.html#testresult/");
    }

    private @Nullable String allure(String load) throws IOException {
        return ReadinessFile.parse(Files.readString(work.resolve("shared/readiness.json"))).evidence().stream()
                .filter(one -> load.equals(one.load()))
                .findFirst()
                .orElseThrow()
                .allure();
    }

    @Test
    void writesNothingWhereNoTestSpeaksForIt() throws Exception {
        List<String> output = Launch.of(work, UnreportedTestCase.class);

        assertThat(output).noneMatch(line -> line.startsWith("Readiness"));
        assertThat(work.resolve("target/stampede/readiness.json")).doesNotExist();
        assertThat(work.resolve("target/stampede/readiness.html")).doesNotExist();
    }

    @Test
    void canBeTurnedOff() throws Exception {
        List<String> output = Launch.of(work, EvidenceLoadTestCase.class, WITHOUT_ALLURE, "-Dstampede.readiness=false");

        assertThat(output).noneMatch(line -> line.startsWith("Readiness"));
        assertThat(work.resolve("target/stampede/readiness.json")).doesNotExist();
        try (Stream<Path> results = Files.list(work.resolve("target/stampede/allure-results"))) {
            assertThat(results.filter(file -> file.toString().endsWith("-result.json")))
                    .hasSize(3);
        }
    }

    @Test
    void aFileThatIsNotItsOwnIsSaidAndReplaced() throws Exception {
        Path file = Files.createDirectories(work.resolve("target/stampede")).resolve("readiness.json");
        Files.writeString(file, "{\"schema\":99}");

        List<String> output = Launch.of(work, ReadinessTestCase.class);

        assertThat(output).anyMatch(line -> line.contains("schema must be 1, but was 99"));
        assertThat(ledger().evidence()).hasSize(7);
    }

    private Ledger ledger() throws IOException {
        return ReadinessFile.parse(Files.readString(work.resolve("target/stampede/readiness.json")));
    }

    private static Outcome outcome(Ledger ledger, String test) {
        return ledger.evidence().stream()
                .filter(one -> one.load() == null && one.test().equals("io.stampede.report.readiness." + test))
                .findFirst()
                .orElseThrow(() -> new AssertionError(test + " is not in " + ledger))
                .outcome();
    }

    private String markdown() throws IOException {
        return Files.readString(work.resolve("target/stampede/readiness.md"));
    }

    private String item() throws IOException {
        try (Stream<Path> results = Files.list(work.resolve("target/stampede/allure-results"))) {
            return results.filter(file -> file.toString().endsWith("-result.json"))
                    .map(Launch::read)
                    .filter(json -> json.contains("stampede.readiness"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String history(String item) {
        return item.replaceAll(".*\"historyId\":\"([^\"]*)\".*", "$1");
    }
}
