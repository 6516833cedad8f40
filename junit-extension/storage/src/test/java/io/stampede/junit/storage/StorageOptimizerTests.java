package io.stampede.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.stampede.internal.junit.storage.EmbeddedServices;
import io.stampede.junit.storage.StorageTestCases.AnnotatedAutoTestCase;
import io.stampede.junit.storage.StorageTestCases.AutoTestCase;
import io.stampede.junit.storage.StorageTestCases.CountingTestCase;
import io.stampede.junit.storage.StorageTestCases.EmbeddedTestCase;
import io.stampede.junit.storage.StorageTestCases.ExternalTestCase;
import io.stampede.junit.storage.StorageTestCases.LoadTestCase;
import io.stampede.junit.storage.StorageTestCases.NoStartTestCase;
import io.stampede.junit.storage.StorageTestCases.ResetTestCase;
import io.stampede.junit.storage.StorageTestCases.SharingTestCase;
import io.stampede.junit.storage.StorageTestCases.TooEarlyTestCase;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

@ResourceLock(Resources.SYSTEM_OUT)
class StorageOptimizerTests {
    @Test
    void embeddedServicesStoreEmbedAndFind() {
        EmbeddedTestCase.OLLAMAS.clear();

        EngineExecutionResults results =
                run(Map.of(), EmbeddedTestCase.class, ResetTestCase.class, SharingTestCase.class);

        results.allEvents().failed().assertEventsMatchExactly();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(5);
        // Whatever ran, on one Ollama only.
        assertThat(Set.copyOf(EmbeddedTestCase.OLLAMAS)).hasSize(1);
    }

    @Test
    void nothingIsLeftWhenTheSessionEnds() {
        Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
        Set<Long> childrenBefore = children();

        run(Map.of(), ResetTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(2));

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(children()).isSubsetOf(childrenBefore);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !threadsBefore.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("ollama")
                            || name.startsWith("stampede")
                            || name.startsWith("HTTP-Dispatcher"));
        });
    }

    @Test
    void autoTakesEmbeddedServicesWhereDockerCannotServeAndSaysWhy() {
        AutoTestCase.DOCKER.asked.set(0);
        StringBuilder out = new StringBuilder();

        EngineExecutionResults results = Output.captured(out, () -> run(Map.of(), AutoTestCase.class));

        results.testEvents().assertStatistics(stats -> stats.succeeded(2));
        assertThat(AutoTestCase.DOCKER.asked).hasValue(1);
        assertThat(out.toString().lines().filter(line -> line.startsWith("Stampede")))
                .singleElement()
                .asString()
                .startsWith("Stampede runs the storage on embedded: " + FakeDocker.OBSTACLE + ". PostgreSQL 17")
                .contains("without pgvector", "with all-minilm", "ready in");
    }

    @Test
    void autoTakesEmbeddedServicesWhereContainersDoNotStartAndContainersFails() {
        NoStartTestCase.DOCKER.asked.set(0);
        StringBuilder out = new StringBuilder();

        EngineExecutionResults auto = Output.captured(out, () -> run(Map.of(), NoStartTestCase.class));
        EngineExecutionResults containers = run(Map.of("stampede.environment", "containers"), NoStartTestCase.class);

        auto.testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(out)
                .contains(
                        "Stampede runs the storage on embedded: the containers did not start, no space left on device."
                                + " PostgreSQL 17");
        containers.containerEvents().failed().assertEventsMatchExactly(finishedWithFailure());
    }

    @Test
    void loadTestsSampleTheStorageAndNameItsEnvironment() {
        CapturedResults.RESULTS.clear();

        run(Map.of("stampede.progress", "off"), LoadTestCase.class);

        // Whether a busy machine meets the targets is not what is asked here.
        LoadResult result = CapturedResults.RESULTS.remove();
        assertThat(LoadTestCase.stored).isEqualTo(50);
        assertThat(result.gauges())
                .extracting(GaugeSeries::name)
                .contains("queue size", "embedding backlog", "cache hit rate", "pool use");
        assertThat(result.facts())
                .containsEntry("environment", "embedded: " + FakeDocker.OBSTACLE)
                .hasEntrySatisfying(
                        "Postgres",
                        postgres -> assertThat(postgres).matches("PostgreSQL 17\\.\\d+ without pgvector, fsync off"))
                .hasEntrySatisfying("Ollama", ollama -> assertThat(ollama).endsWith("with all-minilm"));
    }

    @Test
    void settingOverridesTheAnnotation() {
        StringBuilder out = new StringBuilder();

        EngineExecutionResults results = Output.captured(
                out, () -> run(Map.of("stampede.environment", "embedded"), AnnotatedAutoTestCase.class));

        results.testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(out).contains("embedded: asked for by stampede.environment.");
    }

    @Test
    void containersThatCannotBeHadAreAnErrorWithWhatToDo() {
        EngineExecutionResults results = run(Map.of("stampede.environment", "containers"), AutoTestCase.class);

        results.containerEvents()
                .failed()
                .assertEventsMatchExactly(finishedWithFailure(message(text -> text.contains(FakeDocker.OBSTACLE)
                        && text.contains("stampede.image.ollama")
                        && text.contains("EMBEDDED"))));
    }

    @Test
    void externalServicesMustBeNamed() {
        EngineExecutionResults nothing = run(Map.of(), ExternalTestCase.class);
        EngineExecutionResults half =
                run(Map.of("stampede.jdbc.url", "jdbc:postgresql://localhost/x"), ExternalTestCase.class);
        EngineExecutionResults unknown = run(Map.of("stampede.environment", "cloud"), ExternalTestCase.class);

        nothing.containerEvents()
                .failed()
                .assertEventsMatchExactly(finishedWithFailure(
                        message(text -> text.startsWith("The environment EXTERNAL needs stampede.jdbc.url")
                                && text.contains("STAMPEDE_JDBC_URL"))));
        half.containerEvents()
                .failed()
                .assertEventsMatchExactly(
                        finishedWithFailure(message(text -> text.contains("needs stampede.ollama.url"))));
        unknown.containerEvents()
                .failed()
                .assertEventsMatchExactly(finishedWithFailure(message(text -> text.contains(
                        "stampede.environment = cloud (configuration parameter of JUnit), but it must be auto"))));
    }

    @Test
    void externalServicesThatDoNotAnswerAreNamed() {
        EngineExecutionResults results = run(
                Map.of(
                        "stampede.jdbc.url", "jdbc:postgresql://127.0.0.1:1/x",
                        "stampede.ollama.url", "http://127.0.0.1:1"),
                ExternalTestCase.class);

        results.containerEvents()
                .failed()
                .assertEventsMatchExactly(finishedWithFailure(message(text ->
                        text.contains("EXTERNAL did not answer") && text.contains("Correct stampede.jdbc.url"))));
    }

    @Test
    void externalTablesAreEmptiedOnlyWithConsent() {
        try (EmbeddedServices theirs = EmbeddedServices.start(0)) {
            Map<String, String> withoutConsent = Map.of(
                    "stampede.jdbc.url", theirs.jdbcUrl(),
                    "stampede.jdbc.username", theirs.username(),
                    "stampede.jdbc.password", theirs.password(),
                    "stampede.ollama.url", theirs.ollamaUrl().toString());
            StringBuilder out = new StringBuilder();

            run(withoutConsent, ExternalTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
            Output.captured(out, () -> run(withoutConsent, CountingTestCase.class))
                    .testEvents()
                    .assertStatistics(stats -> stats.succeeded(1));
            int keptWithout = CountingTestCase.found;

            Map<String, String> withConsent = new java.util.HashMap<>(withoutConsent);
            withConsent.put("stampede.external.reset", "true");
            run(withConsent, CountingTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));

            assertThat(keptWithout).isEqualTo(3);
            assertThat(out).contains("Its tables are not emptied: stampede.external.reset is not true.");
            assertThat(CountingTestCase.found).isZero();
        }
    }

    @Test
    void storageBeforeAnyTestIsRefusedWithAReason() {
        run(Map.of(), TooEarlyTestCase.class)
                .containerEvents()
                .failed()
                .assertEventsMatchExactly(
                        finishedWithFailure(message(text -> text.contains("each test gets a storage of its own"))));
    }

    static EngineExecutionResults run(Map<String, String> parameters, Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> type : classes) {
            kit.selectors(selectClass(type));
        }
        return kit.execute();
    }

    private static Set<Long> children() {
        return Set.copyOf(ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList());
    }
}
