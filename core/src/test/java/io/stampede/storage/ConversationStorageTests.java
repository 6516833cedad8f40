package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stampede.storage.metrics.PerformanceMonitor;
import io.stampede.storage.metrics.StorageStats;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.EmbeddingState;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.Page;
import io.stampede.storage.model.QueueFullException;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.SimilarConversation;
import io.stampede.storage.model.StoredConversation;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConversationStorageTests extends StorageFixture {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void storesAndEmbedsEveryAcceptedConversation() throws Exception {
        ConversationStorage storage = open(config());
        List<Receipt> receipts = new ArrayList<>();

        for (int i = 0; i < 2000; i++) {
            receipts.add(storage.queue(conversation("Hello " + i)));
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(receipts).allSatisfy(receipt -> {
            assertThat(receipt.stored().toCompletableFuture()).isCompleted();
            assertThat(receipt.embedded().toCompletableFuture()).isCompleted();
        });
        assertThat(count(storage, "conversation")).isEqualTo(2000);
        assertThat(count(storage, "conversation_embedding")).isEqualTo(2000);
        assertThat(count(storage, "embedding_job")).isZero();
        StorageStats stats = storage.stats();
        assertThat(stats.completed()).isEqualTo(2000);
        assertThat(stats.stored()).isEqualTo(2000);
        assertThat(stats.queued() + stats.storing() + stats.failed() + stats.rejected())
                .isZero();
        assertThat(storage.monitor().latency(PerformanceMonitor.QUEUE).count()).isEqualTo(2000);
        assertThat(storage.monitor().latency(PerformanceMonitor.STORE).count()).isEqualTo(2000);
        assertThat(storage.monitor().latency(PerformanceMonitor.EMBED).count()).isEqualTo(2000);
    }

    @Test
    void takesABurstOfTwoThousandThreadsByDefault() throws Exception {
        ConversationStorage storage = open(config());
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();

        for (int i = 0; i < 2000; i++) {
            String text = "Burst " + i;
            Thread caller = new Thread(null, () -> queueAfter(start, storage, text), "caller-" + i, 64 * 1024);
            caller.start();
            callers.add(caller);
        }
        start.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(storage.stats().rejected()).isZero();
        assertThat(count(storage, "conversation")).isEqualTo(2000);
        // Far above what is seen, far below what a call that waits for a lock or for I/O would show.
        assertThat(storage.monitor().latency(PerformanceMonitor.QUEUE).p95()).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void findsWhatItStored() throws Exception {
        ConversationStorage storage = open(config());
        Conversation conversation = Conversation.builder()
                .userId("ann")
                .channel("matrix")
                .transcript("Grüße 🙂 \\ \" ' {,} NULL\nnext line")
                .summary("greetings")
                .metadata(Map.of("turns", 3, "tags", List.of("a", "b")))
                .build();

        Receipt receipt = storage.queue(conversation);
        receipt.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);

        StoredConversation found = storage.find(receipt.id()).orElseThrow();
        assertThat(found.conversation()).isEqualTo(conversation.withId(receipt.id()));
        assertThat(found.embedding()).isEqualTo(EmbeddingState.DONE);
        assertThat(found.embeddingError()).isEmpty();
        assertThat(storage.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void pagesThroughAUsersConversationsNewestFirst() {
        ConversationStorage storage = open(config());
        for (int i = 0; i < 5; i++) {
            storage.queue(Conversation.of("ann", Channel.WEB, "Number " + i));
        }
        storage.queue(Conversation.of("ben", Channel.WEB, "Number of another"));
        assertThat(storage.awaitIdle(LONG)).isTrue();

        List<StoredConversation> first = storage.findByUser("ann", Page.first(3));
        List<StoredConversation> second =
                storage.findByUser("ann", Page.first(3).next());

        assertThat(first)
                .extracting(found -> found.conversation().transcript())
                .containsExactly("Number 4", "Number 3", "Number 2");
        assertThat(second)
                .extracting(found -> found.conversation().transcript())
                .containsExactly("Number 1", "Number 0");
    }

    @Test
    void findsTheMostSimilarFirst() {
        ConversationStorage storage = open(config());
        for (int i = 0; i < 20; i++) {
            storage.queue(Conversation.of("ann", Channel.WEB, "Number " + i));
        }
        storage.queue(Conversation.of("ben", Channel.WEB, "Number 7"));
        assertThat(storage.awaitIdle(LONG)).isTrue();

        List<SimilarConversation> found = storage.findSimilar("ann", "Number 7", 3);

        assertThat(found).hasSize(3);
        assertThat(found.get(0).stored().conversation().transcript()).isEqualTo("Number 7");
        assertThat(found.get(0).similarity()).isGreaterThan(0.999).isLessThan(1.001);
        assertThat(found.get(1).similarity())
                .isLessThan(found.get(0).similarity())
                .isGreaterThanOrEqualTo(found.get(2).similarity());
        assertThat(found)
                .allSatisfy(
                        one -> assertThat(one.stored().conversation().userId()).isEqualTo("ann"));
    }

    @Test
    void storesOnceWhatIsQueuedTwiceUnderOneId() throws Exception {
        ConversationStorage storage = open(config());
        UUID id = UUID.randomUUID();
        Conversation conversation = conversation("Once").withId(id);

        Receipt first = storage.queue(conversation);
        Receipt second = storage.queue(conversation);
        first.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Receipt third = storage.queue(conversation);

        second.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
        third.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(List.of(first.id(), second.id(), third.id())).containsOnly(id);
        assertThat(count(storage, "conversation")).isEqualTo(1);
        assertThat(count(storage, "conversation_embedding")).isEqualTo(1);
    }

    @Test
    void givesEachCallAnIdOfItsOwnWhereTheCallerNamesNone() throws Exception {
        ConversationStorage storage = open(config());
        Conversation conversation = conversation("Again");

        Receipt first = storage.queue(conversation);
        Receipt second = storage.queue(conversation);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.id().version()).isEqualTo(7);
        assertThat(first.id().variant()).isEqualTo(2);
        assertThat(count(storage, "conversation")).isEqualTo(2);
    }

    @Test
    void embedsTheSameTextOnce() throws Exception {
        ConversationStorage storage = open(config());
        Receipt first = storage.queue(conversation("Same"));
        first.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
        int asked = ollama.texts.get();

        for (int i = 0; i < 50; i++) {
            storage.queue(conversation("Same"));
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(ollama.texts.get()).isEqualTo(asked);
        assertThat(storage.stats().cacheHitRate()).isGreaterThan(0.9);
        assertThat(count(storage, "conversation_embedding")).isEqualTo(51);
    }

    @Test
    void asksForTheMissesOfABatchInOneRequest() {
        ConversationStorage storage = open(config().minBatchSize(20)
                .batchSize(20)
                .minDelay(Duration.ofMinutes(1))
                .maxDelay(Duration.ofMinutes(1)));
        int asked = ollama.requests.get();

        for (int i = 0; i < 20; i++) {
            storage.queue(conversation("Text " + i / 2));
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(ollama.requests.get()).isEqualTo(asked + 1);
        assertThat(storage.stats().completed()).isEqualTo(20);
    }

    @Test
    void turnsAwayWhatTheQueueCannotHold() throws Exception {
        ConversationStorage storage = open(config().writers(2).queueCapacity(3).batchSize(10));
        try (Connection lock = storage.dataSource().getConnection()) {
            lockTable(lock);
            occupyWriters(storage, 2);
            for (int i = 0; i < 3; i++) {
                storage.queue(conversation("Waits " + i));
            }

            assertThatThrownBy(() -> storage.queue(conversation("Too many")))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessage("Queue full: 3 of 3 conversations are waiting. Retry later, or raise capacity.");

            assertThat(storage.stats().rejected()).isEqualTo(1);
            assertThat(storage.stats().queued()).isEqualTo(3);
            lock.rollback();
        }
        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(count(storage, "conversation")).isEqualTo(5);
    }

    @Test
    void refusesNullBeforeAnythingIsQueued() {
        ConversationStorage storage = open(config());

        assertThatThrownBy(() -> storage.queue(nothing()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conversation");
        assertThatThrownBy(() -> storage.findByUser(" ", Page.first(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("userId must not be blank");
        assertThatThrownBy(() -> storage.findSimilar("ann", "text", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit must be 1 to 1000, but was 0");
        assertThat(storage.stats().accepted()).isZero();
    }

    @Test
    void oneRowThatPostgresRefusesTakesNoOtherWithIt() throws Exception {
        ConversationStorage storage =
                open(config().minBatchSize(100).minDelay(Duration.ofMillis(200)).maxDelay(Duration.ofMillis(200)));
        TestDatabase.execute(
                storage.dataSource(), "alter table conversation add constraint no_bad check (transcript <> 'bad')");
        List<Receipt> good = new ArrayList<>();

        for (int i = 0; i < 30; i++) {
            good.add(storage.queue(conversation("good " + i)));
        }
        Receipt bad = storage.queue(conversation("bad"));
        for (int i = 30; i < 60; i++) {
            good.add(storage.queue(conversation("good " + i)));
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(good)
                .allSatisfy(receipt ->
                        assertThat(receipt.stored().toCompletableFuture()).isCompleted());
        assertThatThrownBy(() -> bad.stored().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining(bad.id().toString())
                .hasMessageContaining("no_bad");
        assertThat(bad.embedded().toCompletableFuture()).isCompletedExceptionally();
        assertThat(storage.stats().failed()).isEqualTo(1);
        assertThat(count(storage, "conversation")).isEqualTo(60);
    }

    @Test
    void aCallbackThatBlocksHoldsUpNoStoring() throws Exception {
        ConversationStorage storage = open(config());
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<String> thread = new CompletableFuture<>();
        CompletableFuture<Void> blocking = storage.queue(conversation("First"))
                .stored()
                .thenRun(() -> {
                    thread.complete(Thread.currentThread().getName());
                    entered.countDown();
                    awaitQuietly(release);
                })
                .toCompletableFuture();
        assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < 100; i++) {
            storage.queue(conversation("After " + i));
        }

        await().atMost(LONG).until(() -> count(storage, "conversation_embedding") == 101);
        assertThat(thread.get()).isEqualTo("stampede-receipts");
        assertThat(blocking).isNotDone();
        release.countDown();
        blocking.get(60, TimeUnit.SECONDS);
    }

    @Test
    void twoStoragesShareOneDatabase() throws Exception {
        ConversationStorage one = open(config());
        ConversationStorage two = open(config());
        List<Receipt> receipts = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            receipts.add(one.queue(conversation("One " + i)));
            receipts.add(two.queue(conversation("Two " + i)));
        }

        assertThat(one.awaitIdle(LONG)).isTrue();
        assertThat(two.awaitIdle(LONG)).isTrue();
        assertThat(receipts)
                .allSatisfy(receipt ->
                        assertThat(receipt.embedded().toCompletableFuture()).isCompleted());
        assertThat(count(one, "conversation_embedding")).isEqualTo(1000);
        assertThat(one.stats().completed() + two.stats().completed()).isEqualTo(1000);
    }

    @Test
    void resetCountsFromZero() {
        ConversationStorage storage = open(config());
        storage.queue(conversation("Hello"));
        assertThat(storage.awaitIdle(LONG)).isTrue();

        storage.reset();

        assertThat(storage.stats().completed()).isZero();
        assertThat(storage.stats().cacheHitRate()).isZero();
        assertThat(storage.monitor().latency(PerformanceMonitor.QUEUE).count()).isZero();
    }

    @Test
    void offersItsFiguresToMicrometer() {
        ConversationStorage storage = open(config());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        storage.meters().bindTo(registry);
        storage.queue(conversation("Hello"));

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(registry.get("stampede.storage.completed").functionCounter().count())
                .isEqualTo(1);
        assertThat(registry.get("stampede.storage.queue.size").gauge().value()).isZero();
        assertThat(registry.get("stampede.storage.failed")
                        .tag("stage", "embed")
                        .functionCounter()
                        .count())
                .isZero();
        for (String stage : List.of("queue", "store", "embed")) {
            FunctionTimer times =
                    registry.get("stampede.storage." + stage + ".time").functionTimer();
            assertThat(times.count()).as(stage).isEqualTo(1);
            assertThat(times.totalTime(TimeUnit.NANOSECONDS)).as(stage).isPositive();
        }
    }

    @Test
    void streamsSnapshotsUntilClosed() {
        ConversationStorage storage = open(config());
        List<StorageStats> seen = new CopyOnWriteArrayList<>();

        storage.startMetricsStream(Duration.ofMillis(20), seen::add);

        await().atMost(LONG).until(() -> seen.size() >= 3);
        storage.close();
        int size = seen.size();
        assertThat(threadNames()).noneMatch(name -> name.startsWith("stampede-metrics"));
        assertThat(seen).hasSize(size);
    }

    @Test
    void aLoneConversationWaitsForNoCompany() throws Exception {
        ConversationStorage storage = open(config().maxDelay(Duration.ofMinutes(1)));

        storage.queue(conversation("Alone")).stored().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(storage.stats().batchSize()).isEqualTo(10);
        assertThat(storage.stats().batchDelay()).isZero();
    }

    @Test
    void batchesGrowUnderPressureAndShrinkAfterwards() throws Exception {
        ConversationStorage storage = open(config().writers(2).batchSize(100));
        try (Connection lock = storage.dataSource().getConnection()) {
            lockTable(lock);
            occupyWriters(storage, 2);
            for (int i = 0; i < 1000; i++) {
                storage.queue(conversation("Waits " + i));
            }
            lock.rollback();
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        // Rows of one transaction have the same xmin.
        assertThat(TestDatabase.number(
                        storage.dataSource(),
                        "select max(n) from (select count(*) as n from conversation group by xmin::text) as batches"))
                .isEqualTo(100);
        await().atMost(LONG).until(() -> {
            storage.queue(conversation("Alone")).stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
            return storage.stats().batchSize() == 10;
        });
    }

    @Test
    void withoutEmbeddersItStoresAndLeavesTheEmbeddingToOthers() throws Exception {
        ConversationStorage storesOnly = open(config().embedders(0));
        Receipt receipt = storesOnly.queue(conversation("Hello"));
        receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(storesOnly.stats().completed()).isZero();

        open(config());

        receipt.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(storesOnly.find(receipt.id()).orElseThrow().embedding()).isEqualTo(EmbeddingState.DONE);
        assertThat(storesOnly.stats().completed()).isZero();
    }

    @Test
    void withoutEmbeddersClosingWaitsForNoEmbedding() throws Exception {
        ConversationStorage storesOnly = open(config().embedders(0));
        Receipt receipt = storesOnly.queue(conversation("Hello"));
        receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);

        CloseReport report = storesOnly.close(Duration.ofMinutes(5));

        assertThat(report.notStored()).isEmpty();
        assertThat(report.embeddingBacklog()).isEqualTo(1);
        assertThat(receipt.embedded().toCompletableFuture()).isCompletedExceptionally();
    }

    static List<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static Conversation conversation(String transcript) {
        return Conversation.of("ann", Channel.TELEGRAM, transcript);
    }

    private static long count(ConversationStorage storage, String table) throws Exception {
        return TestDatabase.number(storage.dataSource(), "select count(*) from " + table);
    }

    private static void lockTable(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table conversation in access exclusive mode");
    }

    /** Queues one conversation for each writer, and waits until each has taken its own. */
    private static void occupyWriters(ConversationStorage storage, int writers) {
        for (int i = 1; i <= writers; i++) {
            storage.queue(conversation("Occupies " + i));
            int taken = i;
            await().atMost(LONG).until(() -> storage.stats().storing() == taken);
        }
    }

    private static void queueAfter(CountDownLatch start, ConversationStorage storage, String text) {
        Conversation conversation = conversation(text);
        awaitQuietly(start);
        storage.queue(conversation);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean unused = latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
