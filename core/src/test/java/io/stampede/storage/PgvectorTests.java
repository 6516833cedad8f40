package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.SimilarConversation;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The path with pgvector; skipped where Docker does not answer. */
@Timeout(180)
class PgvectorTests {

    private static PostgreSQLContainer server;
    private static FakeOllama ollama;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Docker.answers(), "Docker does not answer");
        ollama = new FakeOllama(384, 0);
        server = new PostgreSQLContainer(DockerImageName.parse("pgvector/pgvector:pg17"));
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
        if (ollama != null) {
            ollama.close();
        }
    }

    @Test
    void storesIndexedVectorsAndFindsTheNearestOfAUser() throws Exception {
        try (ConversationStorage storage = ConversationStorage.open(config())) {
            for (int i = 0; i < 1500; i++) {
                storage.queue(Conversation.of("crowd", Channel.WEB, "Text " + i));
            }
            for (int i = 0; i < 5; i++) {
                storage.queue(Conversation.of("ann", Channel.WEB, "Text of Ann " + i));
            }
            assertThat(storage.awaitIdle(Duration.ofMinutes(2))).isTrue();
            TestDatabase.execute(storage.dataSource(), "analyze");

            List<SimilarConversation> found = storage.findSimilar("ann", "Text of Ann 3", 5);
            List<SimilarConversation> crowd = storage.findSimilar("crowd", "Text 700", 10);

            assertThat(found).hasSize(5);
            assertThat(found.get(0).stored().conversation().transcript()).isEqualTo("Text of Ann 3");
            assertThat(found.get(0).similarity()).isGreaterThan(0.999);
            assertThat(found)
                    .extracting(one -> one.stored().conversation().userId())
                    .containsOnly("ann");
            assertThat(crowd).hasSize(10);
            assertThat(crowd.get(0).stored().conversation().transcript()).isEqualTo("Text 700");
            assertThat(TestDatabase.number(
                            storage.dataSource(),
                            "select count(*) from pg_attribute where attrelid = 'conversation_embedding'::regclass"
                                    + " and attname = 'embedding' and format_type(atttypid, null) = 'vector'"))
                    .isEqualTo(1);
            assertThat(TestDatabase.number(
                            storage.dataSource(),
                            "select count(*) from pg_indexes where indexdef ilike '%using hnsw%(384)%'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void makesTheIndexWhenOllamaIsThereAtLast() throws Exception {
        try (FakeOllama late = new FakeOllama(24, 0)) {
            late.stop();
            try (ConversationStorage storage = ConversationStorage.open(builder()
                    .ollamaUrl(late.url())
                    .model("late")
                    .requireOllama(false)
                    .breakerDelay(Duration.ofMillis(100))
                    .build())) {
                storage.queue(Conversation.of("late", Channel.WEB, "Text"));
                late.start();

                assertThat(storage.awaitIdle(Duration.ofMinutes(1))).isTrue();
                assertThat(storage.findSimilar("late", "Text", 1)).hasSize(1);
                assertThat(TestDatabase.number(
                                storage.dataSource(),
                                "select count(*) from pg_indexes where indexdef ilike '%using hnsw%(24)%'"))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void severalStoragesOpenAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Boolean>> openings = Collections.nCopies(3, PgvectorTests::openAndClose);
            for (Future<Boolean> opening : threads.invokeAll(openings)) {
                assertThat(opening.get(120, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Boolean openAndClose() {
        try (ConversationStorage storage = ConversationStorage.open(config())) {
            return storage.stats().failed() == 0;
        }
    }

    private static StorageConfig config() {
        return builder().build();
    }

    private static StorageConfig.Builder builder() {
        return StorageConfig.builder()
                .jdbcUrl(server.getJdbcUrl())
                .username(server.getUsername())
                .password(server.getPassword())
                .ollamaUrl(ollama.url())
                .closeTimeout(Duration.ofSeconds(5));
    }
}
