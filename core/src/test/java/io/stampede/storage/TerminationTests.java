package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that run the optimizer are told to end, as {@code kill} and every service manager do. */
@Timeout(180)
class TerminationTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration MORE =
            Duration.ofSeconds(20); // what closing may take beyond its time, on a slow machine
    private static final int TERMINATED = 128 + 15;

    private RestartablePostgres postgres;
    private FakeOllama ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new FakeOllama();
        postgres = new RestartablePostgres();
        ConversationStorage.open(
                        StorageMain.config(postgres.url(), ollama.url()).build())
                .close();
        postgres.execute("""
                create function slow() returns trigger language plpgsql as
                    $$ begin perform pg_sleep(0.01); return null; end $$;
                create trigger slow after insert on conversation for each statement execute function slow();
                """);
    }

    @AfterEach
    void stop() throws Exception {
        ollama.close();
        postgres.close();
    }

    @Test
    void drainsWhatItTookIn() throws Exception {
        try (StorageProcess process = startAndTerminate(2000, LONG)) {
            assertThat(process.awaitExit()).isEqualTo(TERMINATED);

            assertThat(process.ids("STORED")).hasSize(2000);
            assertThat(process.closed()).hasSize(3).startsWith(0L, 0L);
            assertThat(count("conversation_embedding")).isEqualTo(2000);
        }
    }

    @Test
    void reportsWhatIsLeftWhenItsTimeIsOver() throws Exception {
        Duration drain = Duration.ofMillis(300);
        try (StorageProcess process = startAndTerminate(10_000, drain)) {
            assertThat(process.awaitExit()).isEqualTo(TERMINATED);

            assertAccountsForAll(process, 10_000, drain);
            assertThat(process.ids("LEFT")).isNotEmpty();
            assertThat(count("conversation"))
                    .isBetween((long) process.ids("STORED").size(), 9_999L);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "FROZEN"})
    void endsInTimeWhilePostgresIsAway(PostgresOutageTests.Outage outage) throws Exception {
        Duration drain = Duration.ofMillis(500);
        try (StorageProcess process = StorageProcess.start(postgres.url(), ollama.url(), 10_000, 1, LEASE, drain)) {
            awaitHalfway(process);
            outage.begin(postgres);
            process.terminate();

            assertThat(process.awaitExit()).isEqualTo(TERMINATED);

            assertAccountsForAll(process, 10_000, drain);
            assertThat(process.ids("LEFT")).isNotEmpty();
            assertThat(process.closed().get(1))
                    .as("backlog, which nobody can tell")
                    .isEqualTo(-1);
            outage.end(postgres);
            assertThat(count("conversation"))
                    .isGreaterThanOrEqualTo(process.ids("STORED").size());
        }
    }

    private StorageProcess startAndTerminate(int conversations, Duration drain) throws Exception {
        StorageProcess process = StorageProcess.start(postgres.url(), ollama.url(), conversations, 1, LEASE, drain);
        awaitHalfway(process);
        process.terminate();
        return process;
    }

    /** Until all are taken in, and some are stored. */
    private static void awaitHalfway(StorageProcess process) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> process.lineCount("QUEUED") == 1 && process.lineCount("STORED") >= 100);
    }

    /** Each receipt has ended; what was not stored is in the report, and nothing else is. */
    private static void assertAccountsForAll(StorageProcess process, int accepted, Duration drain) {
        Set<UUID> stored = process.ids("STORED");
        Set<UUID> failed = process.ids("FAILED");
        Set<UUID> both = new HashSet<>(stored);
        both.retainAll(failed);
        assertThat(both).isEmpty();
        assertThat(stored.size() + failed.size()).isEqualTo(accepted);
        assertThat(process.lineCount("STORED") + process.lineCount("FAILED")).isEqualTo(accepted);
        assertThat(process.ids("LEFT")).isEqualTo(failed);
        assertThat(process.closed()).hasSize(3).startsWith((long) failed.size());
        assertThat(process.closed().get(2)).isLessThan(drain.plus(MORE).toMillis());
    }

    private long count(String table) throws Exception {
        return postgres.number("select count(*) from " + table);
    }
}
