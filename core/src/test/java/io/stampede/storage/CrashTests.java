package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.model.Receipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that run the optimizer are killed, as {@code kill -9} does. */
@Timeout(180)
class CrashTests {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int CONVERSATIONS = 10_000;
    private static final long SEED = 4;

    private FakeOllama ollama;
    private String url;

    @BeforeEach
    void start() throws Exception {
        ollama = new FakeOllama();
        url = TestDatabase.create();
        try (ConversationStorage storage =
                ConversationStorage.open(StorageMain.config(url, ollama.url()).build())) {
            // A slow disk: 10,000 take seconds, so that the kill meets them in mid-run.
            TestDatabase.execute(storage.dataSource(), """
                    create function slow() returns trigger language plpgsql as
                        $$ begin perform pg_sleep(0.005); return null; end $$;
                    create trigger slow after insert on conversation for each statement execute function slow();
                    """);
        }
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, 90})
    void aKilledProcessLosesNothingThatItSaidWasStored(int percent) throws Exception {
        int moment = CONVERSATIONS * percent / 100 + new Random(SEED + percent).nextInt(CONVERSATIONS / 50);
        StorageProcess killed;
        try (StorageProcess process = StorageProcess.start(url, ollama.url(), CONVERSATIONS, percent, LEASE, DRAIN)) {
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> process.lineCount("STORED") >= moment);
            process.kill();
            killed = process;
        }
        Collection<UUID> logged = killed.ids("STORED");
        assertThat(logged).hasSizeBetween(moment, CONVERSATIONS - 1);
        assertThat(killed.ids("FAILED")).isEmpty();

        try (ConversationStorage next =
                ConversationStorage.open(StorageMain.config(url, ollama.url()).build())) {
            assertThat(next.awaitIdle(LONG)).isTrue();

            assertThat(storedAmong(next, logged)).isEqualTo(logged.size());
            assertThat(count(next, "conversation")).isBetween((long) logged.size(), (long) CONVERSATIONS);
            assertThat(count(next, "conversation_embedding")).isEqualTo(count(next, "conversation"));
            assertThat(count(next, "embedding_job")).isZero();
            assertThat(next.stats().failed()).isZero();
            UUID one = logged.iterator().next();
            String transcript = next.find(one).orElseThrow().conversation().transcript();
            assertThat(next.findSimilar("user-" + percent, transcript, 1)
                            .get(0)
                            .stored()
                            .id())
                    .isEqualTo(one);
        }
    }

    @Test
    void theSurvivorOfTwoTakesOverTheJobsOfTheKilled() throws Exception {
        List<Receipt> receipts = new ArrayList<>();
        try (StorageProcess process = StorageProcess.start(url, ollama.url(), 2000, 1, LEASE, DRAIN);
                ConversationStorage survivor = ConversationStorage.open(
                        StorageMain.config(url, ollama.url()).build())) {
            for (int i = 0; i < 2000; i++) {
                receipts.add(survivor.queue(StorageMain.conversation(2, i)));
            }
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> process.lineCount("STORED") >= 500);
            ollama.hanging = true; // so that the one to be killed holds leases
            await().atMost(LONG)
                    .until(() -> TestDatabase.number(
                                    survivor.dataSource(),
                                    "select count(distinct lease) from embedding_job where lease is not null"
                                            + " and available_at > clock_timestamp()")
                            > 2);
            process.kill();
            ollama.hanging = false;

            assertThat(survivor.awaitIdle(LONG)).isTrue();

            for (Receipt receipt : receipts) {
                receipt.embedded().toCompletableFuture().get(1, TimeUnit.SECONDS);
            }
            assertThat(storedAmong(survivor, process.ids("STORED")))
                    .isEqualTo(process.ids("STORED").size());
            assertThat(count(survivor, "conversation_embedding")).isEqualTo(count(survivor, "conversation"));
            assertThat(survivor.stats().failed()).isZero();
        }
    }

    @Test
    void twoProcessesDoEachJobOnce() throws Exception {
        Duration longLease = Duration.ofMinutes(10); // so that a slow machine makes no job look abandoned
        try (StorageProcess process = StorageProcess.start(url, ollama.url(), 2000, 1, longLease, DRAIN);
                ConversationStorage storage = ConversationStorage.open(
                        StorageMain.config(url, ollama.url()).lease(longLease).build())) {
            for (int i = 0; i < 2000; i++) {
                storage.queue(StorageMain.conversation(2, i));
            }
            await().atMost(LONG).until(() -> process.lineCount("STORED") == 2000);

            assertThat(storage.awaitIdle(LONG)).isTrue();

            assertThat(count(storage, "conversation_embedding")).isEqualTo(4000);
            assertThat(storage.stats().completed()).isBetween(1L, 3999L); // each had a share
            for (int run = 1; run <= 2; run++) {
                for (int i = 0; i < 2000; i++) {
                    String text = StorageMain.conversation(run, i).transcript();
                    assertThat(ollama.askedFor(text)).as(text).isEqualTo(1);
                }
            }
        }
    }

    private static long storedAmong(ConversationStorage storage, Collection<UUID> ids) throws SQLException {
        try (Connection connection = storage.dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from conversation where id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static long count(ConversationStorage storage, String table) throws SQLException {
        return TestDatabase.number(storage.dataSource(), "select count(*) from " + table);
    }
}
