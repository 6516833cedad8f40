package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.StorageUnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LifecycleTests extends StorageFixture {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void saysWithinSecondsThatOllamaIsAway() throws Exception {
        int free = FreePort.find();
        long begin = System.nanoTime();

        assertThatThrownBy(() -> open(config().ollamaUrl(URI.create("http://user:secret@localhost:" + free))))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("http://localhost:" + free)
                .hasMessageContaining("Start it, or correct ollamaUrl")
                .hasMessageNotContaining("secret");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void saysWithinSecondsThatOllamaTakesConnectionsAndAnswersNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(config().connectTimeout(Duration.ofMillis(500))
                            .ollamaUrl(URI.create("http://localhost:" + silent.getLocalPort()))))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessageContaining("within 500 ms");
        }
    }

    @Test
    void saysWithinSecondsThatPostgresIsAwayAndShowsNoPassword() throws Exception {
        int free = FreePort.find();

        assertThatThrownBy(() ->
                        open(config().jdbcUrl("jdbc:postgresql://localhost:" + free + "/db?user=ann&password=secret")))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://localhost:" + free + "/db")
                .hasMessageContaining("Start it, or correct jdbcUrl")
                .hasMessageNotContaining("secret");
    }

    @Test
    void saysThatPostgresTakesConnectionsAndAnswersNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(config().connectTimeout(Duration.ofSeconds(1))
                            .jdbcUrl("jdbc:postgresql://localhost:" + silent.getLocalPort() + "/db")))
                    .isInstanceOf(StorageUnavailableException.class);
        }
    }

    @Test
    void refusesAUrlThatIsNotOfPostgresAndShowsNoPassword() {
        assertThatThrownBy(() -> open(config().jdbcUrl("jdbc:postgresql://host:port/db?password=secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbcUrl")
                .hasMessageNotContaining("secret");
    }

    @Test
    void storesWhatWasQueuedWhilePostgresWasAway() throws Exception {
        ConversationStorage storage = open(config().connectTimeout(Duration.ofMillis(500)));
        List<Receipt> receipts = new ArrayList<>();
        setPostgresAway(true);

        for (int i = 0; i < 50; i++) {
            receipts.add(storage.queue(conversation("away " + i)));
        }
        assertThat(receipts)
                .noneSatisfy(receipt ->
                        assertThat(receipt.stored().toCompletableFuture()).isDone());
        setPostgresAway(false);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(receipts)
                .allSatisfy(receipt ->
                        assertThat(receipt.embedded().toCompletableFuture()).isCompleted());
        assertThat(TestDatabase.number(storage.dataSource(), "select count(*) from conversation"))
                .isEqualTo(50);
    }

    @Test
    void failsTheReceiptsWherePostgresStaysAway() throws Exception {
        ConversationStorage storage =
                open(config().connectTimeout(Duration.ofMillis(300)).storeTimeout(Duration.ofMillis(500)));
        setPostgresAway(true);

        Receipt receipt = storage.queue(conversation("never"));

        assertThatThrownBy(() -> receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining(receipt.id().toString());
        assertThat(storage.stats().failed()).isEqualTo(1);
        setPostgresAway(false);
        Receipt next = storage.queue(conversation("after"));
        next.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void closingDrainsAndEndsAllThreads() throws Exception {
        ConversationStorage storage = open(config());
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            receipts.add(storage.queue(conversation("text " + i)));
        }

        CloseReport report = storage.close(LONG);

        assertThat(report.drained()).isTrue();
        assertThat(receipts)
                .allSatisfy(receipt ->
                        assertThat(receipt.embedded().toCompletableFuture()).isCompleted());
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ConversationStorageTests.threadNames())
                        .noneMatch(name -> name.startsWith("stampede")));
        assertThat(storage.close(LONG)).isSameAs(report);
        assertThatThrownBy(() -> storage.queue(conversation("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> storage.find(UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingHandsBackWhatItCouldNotStore() throws Exception {
        ConversationStorage storage = open(config().batchSize(10));
        List<Receipt> receipts = new ArrayList<>();
        try (Connection other = DriverManager.getConnection(url)) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table conversation in access exclusive mode");
            for (int i = 0; i < 55; i++) {
                receipts.add(storage.queue(conversation("stuck " + i)));
            }

            CloseReport report = storage.close(Duration.ofMillis(300));

            assertThat(report.notStored())
                    .extracting(Conversation::id)
                    .containsExactlyInAnyOrderElementsOf(
                            receipts.stream().map(Receipt::id).toList());
            assertThat(report.took()).isLessThan(Duration.ofSeconds(30));
            assertThat(receipts)
                    .allSatisfy(receipt ->
                            assertThat(receipt.stored().toCompletableFuture()).isCompletedExceptionally());
            assertThat(storage.stats().queued() + storage.stats().storing()).isZero();
            other.rollback();

            ConversationStorage next = open(config());
            report.notStored().forEach(next::queue);
            assertThat(next.awaitIdle(LONG)).isTrue();
            assertThat(TestDatabase.number(next.dataSource(), "select count(*) from conversation"))
                    .isEqualTo(55);
        }
    }

    @Test
    void anInterruptedCallerStaysInterruptedAndLeavesNoThread() {
        ConversationStorage storage = open(config());
        storage.queue(conversation("text"));

        Thread.currentThread().interrupt();
        storage.close(LONG);

        assertThat(Thread.interrupted()).isTrue();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ConversationStorageTests.threadNames())
                        .noneMatch(name -> name.startsWith("stampede")));
    }

    private void setPostgresAway(boolean away) throws Exception {
        String name = url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
        try (Connection admin = DriverManager.getConnection(url.replace("/" + name, "/postgres"))) {
            admin.createStatement().execute("alter database " + name + " allow_connections " + !away);
            if (away) {
                admin.createStatement()
                        .execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name
                                + "'");
            }
        }
    }

    private static Conversation conversation(String transcript) {
        return Conversation.of("ann", Channel.TELEGRAM, transcript);
    }
}
