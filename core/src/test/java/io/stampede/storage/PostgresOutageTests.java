package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.StorageUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Postgres goes away, hangs, or refuses, and comes back, while conversations are being stored. */
@Timeout(180)
class PostgresOutageTests {

    /** Ways to be away. */
    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    enum Outage {
        STOPPED(RestartablePostgres::stop, RestartablePostgres::start),
        CRASHED(RestartablePostgres::crash, RestartablePostgres::start),
        FROZEN(RestartablePostgres::freeze, RestartablePostgres::thaw),
        READ_ONLY(PostgresOutageTests::turnReadOnly, PostgresOutageTests::turnWritable);

        private final Step beginning;
        private final Step ending;

        Outage(Step beginning, Step ending) {
            this.beginning = beginning;
            this.ending = ending;
        }

        void begin(RestartablePostgres postgres) throws IOException {
            beginning.on(postgres);
        }

        void end(RestartablePostgres postgres) throws IOException {
            ending.on(postgres);
        }
    }

    private interface Step {
        void on(RestartablePostgres postgres) throws IOException;
    }

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 8;

    private final List<ConversationStorage> opened = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private RestartablePostgres postgres;
    private FakeOllama ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new FakeOllama();
        postgres = new RestartablePostgres();
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(storage -> storage.close(Duration.ofSeconds(1)));
        ollama.close();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsQueuedDuringAnOutageIsStoredOnceAfterIt(Outage outage) throws Exception {
        ConversationStorage storage = open(config().storeTimeout(LONG));

        queue(storage, 500);
        outage.begin(postgres);
        queue(storage, 500);
        assertThat(receipts.subList(900, 1000))
                .noneSatisfy(receipt ->
                        assertThat(receipt.stored().toCompletableFuture()).isDone());
        outage.end(postgres);
        queue(storage, 500);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(storage.stats().stored()).isEqualTo(1500);
        assertThat(storage.stats().failed()).isZero();
        assertEachIsThereOnce(storage);
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "FROZEN", "READ_ONLY"})
    void whatAnOutageOutlastsFailsWithItsCauseAndTheRestIsStored(Outage outage) throws Exception {
        ConversationStorage storage = open(config().storeTimeout(Duration.ofSeconds(2)));
        queue(storage, 200);
        assertThat(storage.awaitIdle(LONG)).isTrue();

        outage.begin(postgres);
        queue(storage, 300);
        Receipt last = receipts.get(receipts.size() - 1);
        assertThatThrownBy(() -> last.stored().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining(postgres.address())
                .hasMessageMatching("(?s).*given up after \\d+ ms.*");
        // Older ones may be in the middle of their last try, which would succeed.
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(receipts.subList(200, 500))
                        .allMatch(receipt ->
                                receipt.stored().toCompletableFuture().isCompletedExceptionally()));
        outage.end(postgres);
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> storage.find(receipts.get(0).id()).isPresent());
        queue(storage, 200);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(receipts.subList(0, 200)).allMatch(receipt -> succeeded(receipt.stored()));
        assertThat(receipts.subList(200, 500)).noneMatch(receipt -> succeeded(receipt.embedded()));
        assertThat(receipts.subList(500, 700)).allMatch(receipt -> succeeded(receipt.stored()));
        assertThat(storage.stats().stored()).isEqualTo(400);
        assertThat(storage.stats().failed()).isEqualTo(300);
        assertEachIsThereOnce(storage);
    }

    @Test
    void aLongQueueFailsWhenItsTimeIsOverAndNotBatchByBatch() throws Exception {
        ConversationStorage storage =
                open(config().storeTimeout(Duration.ofSeconds(3)).batchSize(10).writers(1));
        postgres.stop();
        long begin = System.nanoTime();

        queue(storage, 300); // thirty batches, one after the other

        Receipt last = receipts.get(receipts.size() - 1);
        assertThatThrownBy(() -> last.stored().toCompletableFuture().get(80, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NotStoredException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
        assertThat(storage.stats().failed()).isEqualTo(300);
        assertThat(storage.stats().queued() + storage.stats().storing()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "FROZEN", "READ_ONLY"})
    void closesInTimeDuringAnOutageAndHandsBackWhatIsNotStored(Outage outage) throws Exception {
        ConversationStorage storage = open(config().storeTimeout(Duration.ofMinutes(10)));
        outage.begin(postgres);
        queue(storage, 300);

        CloseReport report = storage.close(Duration.ofSeconds(1));

        assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
        assertThat(report.notStored()).hasSize(300);
        assertThat(receipts)
                .allSatisfy(receipt ->
                        assertThat(receipt.stored().toCompletableFuture()).isCompletedExceptionally());
        assertThat(ConversationStorageTests.threadNames()).noneMatch(name -> name.startsWith("stampede-writer"));
        outage.end(postgres);
        ConversationStorage next = open(config());
        report.notStored().forEach(next::queue);
        assertThat(next.awaitIdle(LONG)).isTrue();
        assertThat(count(next, "conversation")).isEqualTo(300);
        assertThat(count(next, "conversation_embedding")).isEqualTo(300);
    }

    @Test
    void openingSaysThatPostgresIsStopped() throws Exception {
        postgres.stop();

        assertThatThrownBy(() -> open(config()))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining(postgres.address());
    }

    private static void turnReadOnly(RestartablePostgres postgres) throws IOException {
        postgres.execute("alter database postgres set default_transaction_read_only = on");
        postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
    }

    private static void turnWritable(RestartablePostgres postgres) throws IOException {
        // Sessions that began in the meantime stay read-only for as long as they live.
        postgres.execute("begin read write; alter database postgres reset default_transaction_read_only; commit");
    }

    /** Each receipt has ended one way or the other; what it says agrees with the table, where nothing is twice. */
    private void assertEachIsThereOnce(ConversationStorage storage) throws Exception {
        assertThat(receipts)
                .allMatch(receipt -> receipt.stored().toCompletableFuture().isDone());
        assertThat(storage.stats().accepted())
                .isEqualTo(receipts.size())
                .isEqualTo(storage.stats().stored() + storage.stats().failed());
        long stored =
                receipts.stream().filter(receipt -> succeeded(receipt.stored())).count();
        assertThat(count(storage, "conversation")).isBetween(stored, (long) receipts.size());
        assertThat(count(storage, "conversation_embedding")).isEqualTo(count(storage, "conversation"));
        for (Receipt receipt : receipts) {
            if (succeeded(receipt.stored())) {
                assertThat(storage.find(receipt.id())).isPresent();
            }
        }
    }

    private static boolean succeeded(CompletionStage<Void> stage) {
        CompletableFuture<Void> future = stage.toCompletableFuture();
        return future.isDone() && !future.isCompletedExceptionally();
    }

    private void queue(ConversationStorage storage, int count) {
        for (int i = 0; i < count; i++) {
            receipts.add(storage.queue(StorageMain.conversation(1, receipts.size())));
        }
    }

    private ConversationStorage open(StorageConfig.Builder config) {
        ConversationStorage storage = ConversationStorage.open(config.build());
        opened.add(storage);
        awaitFullPool(storage);
        return storage;
    }

    /** A session that is just starting escapes an outage: Postgres does not list it yet among those to be ended. */
    private static void awaitFullPool(ConversationStorage storage) {
        await().atMost(LONG)
                .until(() -> storage.dataSource()
                                .unwrap(HikariDataSource.class)
                                .getHikariPoolMXBean()
                                .getTotalConnections()
                        == CONNECTIONS);
    }

    private StorageConfig.Builder config() {
        return StorageMain.config(postgres.url(), ollama.url())
                .connectTimeout(Duration.ofSeconds(1))
                .poolSize(CONNECTIONS);
    }

    private static long count(ConversationStorage storage, String table) throws Exception {
        return TestDatabase.number(storage.dataSource(), "select count(*) from " + table);
    }
}
