package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.StoredConversation;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way a batch takes into Postgres: each conversation is there once, as it was given, with its job. */
@Timeout(120)
class StoredOnceTests extends StorageFixture {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** More than one statement is used for, so that it goes by COPY. */
    private static final int LARGE = 120;

    private static final int SMALL = 12;

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void anIdTwiceInOneBatch(int size) throws Exception {
        ConversationStorage storage = open(batchesOf(size));
        List<UUID> ids = ids(size - 1);
        List<Receipt> receipts = new ArrayList<>();

        ids.forEach(id -> receipts.add(storage.queue(conversation(id, "first"))));
        receipts.add(storage.queue(conversation(ids.get(3), "second")));

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(transactions(storage)).isEqualTo(1);
        assertThatAllAreThereOnce(storage, ids, "first");
        assertThatAllCompleted(receipts);
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void idsThatAnEarlierBatchHad(int size) throws Exception {
        ConversationStorage storage = open(batchesOf(size));
        List<UUID> ids = ids(size + size / 2);
        List<Receipt> receipts = new ArrayList<>();
        ids.subList(0, size).forEach(id -> receipts.add(storage.queue(conversation(id, "first"))));
        assertThat(storage.awaitIdle(LONG)).isTrue();

        ids.subList(size / 2, size).forEach(id -> receipts.add(storage.queue(conversation(id, "second"))));
        ids.subList(size, ids.size()).forEach(id -> receipts.add(storage.queue(conversation(id, "first"))));

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThatAllAreThereOnce(storage, ids, "first");
        assertThatAllCompleted(receipts);
    }

    @Test
    void aCommitThatNobodyHeardOf() throws Exception {
        URI postgres = URI.create(url.substring("jdbc:".length()));
        try (CommitCutter cutter = new CommitCutter(postgres.getPort())) {
            ConversationStorage storage = open(batchesOf(LARGE)
                    .jdbcUrl(url.replace(":" + postgres.getPort() + "/", ":" + cutter.port() + "/"))
                    .embedders(0)
                    .storeTimeout(LONG));
            List<UUID> ids = ids(LARGE);
            List<Receipt> receipts = new ArrayList<>();
            cutter.cutNext(1);

            ids.forEach(id -> receipts.add(storage.queue(conversation(id, "first"))));

            for (Receipt receipt : receipts) {
                receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
            assertThat(cutter.cut).hasValue(1);
            assertThat(count(storage, "conversation")).isEqualTo(LARGE);
            assertThat(count(storage, "embedding_job")).isEqualTo(LARGE);
            open(batchesOf(LARGE));
            assertThat(storage.awaitIdle(LONG)).isTrue();
            assertThatAllAreThereOnce(storage, ids, "first");
        }
    }

    @Test
    void textsOfEveryKindAndLengthComeBackAsTheyWere() {
        ConversationStorage storage = open(batchesOf(LARGE));
        Instant before = Instant.now().minusSeconds(1);
        List<Conversation> given = new ArrayList<>();
        for (int i = 0; i < LARGE; i++) {
            given.add(Conversation.builder()
                    .id(UUID.randomUUID())
                    .userId("Änn\t🙂\\N")
                    .channel("matrix")
                    // Around the 65,536 bytes that are sent at once, and far beyond.
                    .transcript("\\.\n\r\t\u0001🙂é".repeat(1 + i * 150) + "x".repeat(i % 11))
                    .summary(i % 3 == 0 ? "" : "\\N summary " + i)
                    .metadata("{ \"n\" : " + i + ", \"s\":\"\\u00e9\\n\" }")
                    .build());
        }

        List<Receipt> receipts = given.stream().map(storage::queue).toList();

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThatAllCompleted(receipts);
        for (Conversation one : given) {
            StoredConversation found = storage.find(one.ownId().orElseThrow()).orElseThrow();
            assertThat(found.conversation()).isEqualTo(one);
            assertThat(found.acceptedAt()).isBetween(before, Instant.now());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from conversation", "truncate conversation cascade"})
    void whereAConversationGoesItsJobGoesToo(String removal) throws Exception {
        ConversationStorage storage = open(batchesOf(LARGE).embedders(0));
        ids(LARGE).forEach(id -> storage.queue(conversation(id, "first")));
        await().atMost(LONG).until(() -> count(storage, "embedding_job") == LARGE);
        try (Connection connection = storage.dataSource().getConnection()) {
            // Another place to look for tables must make no difference.
            connection.createStatement().execute("create schema elsewhere");
            connection.createStatement().execute("create table elsewhere.embedding_job (conversation_id uuid)");
            connection.createStatement().execute("set search_path to elsewhere, public");

            connection.createStatement().execute(removal);

            connection.createStatement().execute("reset search_path");
        }

        assertThat(count(storage, "conversation")).isZero();
        assertThat(count(storage, "embedding_job")).isZero();
        assertThat(storage.awaitIdle(LONG)).as("receipts are told").isTrue();
    }

    @Test
    void whereRowSecurityForbidsCopyInsertsDo() throws Exception {
        ConversationStorage admin = open(batchesOf(LARGE));
        for (String sql : List.of(
                "drop role if exists app",
                "create role app login in role pg_read_all_data, pg_write_all_data",
                "grant all on schema public to app",
                "alter table conversation enable row level security",
                "create policy everything on conversation to app using (true) with check (true)")) {
            TestDatabase.execute(admin.dataSource(), sql);
        }
        ConversationStorage storage = open(batchesOf(LARGE).jdbcUrl(url.replace("user=postgres", "user=app")));
        List<UUID> ids = ids(LARGE);

        List<Receipt> receipts =
                ids.stream().map(id -> storage.queue(conversation(id, "first"))).toList();

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThatAllCompleted(receipts);
        assertThatAllAreThereOnce(storage, ids, "first");
    }

    private static void assertThatAllAreThereOnce(ConversationStorage storage, List<UUID> ids, String transcript)
            throws Exception {
        assertThat(count(storage, "conversation")).isEqualTo(ids.size());
        assertThat(count(storage, "conversation_embedding")).isEqualTo(ids.size());
        assertThat(count(storage, "embedding_job")).isZero();
        assertThat(ids)
                .allSatisfy(id -> assertThat(
                                storage.find(id).orElseThrow().conversation().transcript())
                        .isEqualTo(transcript));
    }

    private static void assertThatAllCompleted(List<Receipt> receipts) {
        assertThat(receipts).allSatisfy(receipt -> {
            assertThat(receipt.stored().toCompletableFuture()).isCompleted();
            assertThat(receipt.embedded().toCompletableFuture()).isCompleted();
        });
    }

    /** Rows of one transaction have the same xmin. */
    private static long transactions(ConversationStorage storage) throws Exception {
        return TestDatabase.number(storage.dataSource(), "select count(distinct xmin::text) from conversation");
    }

    private static long count(ConversationStorage storage, String table) throws Exception {
        return TestDatabase.number(storage.dataSource(), "select count(*) from " + table);
    }

    private StorageConfig.Builder batchesOf(int size) {
        return StorageConfig.builder()
                .jdbcUrl(url)
                .ollamaUrl(ollama.url())
                .minBatchSize(size)
                .batchSize(size)
                .minDelay(Duration.ofSeconds(1))
                .maxDelay(Duration.ofSeconds(1))
                .retryDelay(Duration.ofMillis(20));
    }

    private static List<UUID> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
    }

    private static Conversation conversation(UUID id, String transcript) {
        return Conversation.of("ann", Channel.WEB, transcript).withId(id);
    }
}
