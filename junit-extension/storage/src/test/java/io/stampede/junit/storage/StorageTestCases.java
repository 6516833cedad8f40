package io.stampede.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.junit.BasicLoadTest;
import io.stampede.operation.Iteration;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.metrics.StorageStats;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.SimilarConversation;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Classes as a user would write them, run by the tests through the platform's EngineTestKit. */
final class StorageTestCases {
    private StorageTestCases() {}

    /** From the queue to the nearest neighbour, whatever it runs on. */
    static class EndToEndTestCase {
        @Test
        void findsTheConversationThatMeansTheSame(ConversationStorage storage, DataSource database, URI ollama)
                throws Exception {
            Receipt password = storage.queue(
                    Conversation.of("ann", Channel.WEB, "I forgot my login credentials and want to change them"));
            storage.queue(Conversation.of("ann", Channel.WEB, "The recipe needs two eggs and a cup of flour"));
            storage.queue(Conversation.of("ann", Channel.TELEGRAM, "Our train to Paris was three hours late"));
            password.stored().toCompletableFuture().get(30, TimeUnit.SECONDS);
            password.embedded().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(storage.awaitIdle(Duration.ofSeconds(30))).isTrue();

            List<SimilarConversation> similar = storage.findSimilar("ann", "How do I reset my password?", 3);

            assertThat(similar).hasSize(3);
            assertThat(similar.get(0).stored().id()).isEqualTo(password.id());
            assertThat(similar.get(0).similarity()).isGreaterThan(similar.get(1).similarity() + 0.2);
            assertThat(ollama.getPort()).isPositive();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from conversation_embedding")) {
                count.next();
                assertThat(count.getInt(1)).isEqualTo(3);
            }
        }
    }

    @StorageOptimizerTest(environment = Environment.EMBEDDED)
    static class EmbeddedTestCase extends EndToEndTestCase {
        static final List<URI> OLLAMAS = new ArrayList<>();

        @BeforeAll
        static void takeUri(URI ollama) {
            OLLAMAS.add(ollama);
        }

        @BeforeEach
        void storageIsThere(ConversationStorage storage) {
            assertThat(storage.stats().accepted()).isZero();
        }

        @Nested
        class Inner {
            @Test
            void nestedClassesHaveItToo(ConversationStorage storage, URI ollama) {
                assertThat(storage.stats().accepted()).isZero();
                assertThat(OLLAMAS).contains(ollama);
            }
        }
    }

    @StorageOptimizerTest(environment = Environment.EMBEDDED)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ResetTestCase {
        @Test
        @Order(1)
        void leavesAConversation(ConversationStorage storage) throws Exception {
            storage.queue(Conversation.of("bob", Channel.WEB, "Something to be forgotten"))
                    .stored()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }

        @Test
        @Order(2)
        void findsNothingOfIt(ConversationStorage storage, DataSource database) throws Exception {
            StorageStats stats = storage.stats();
            assertThat(stats.accepted() + stats.stored() + stats.completed() + stats.embeddingBacklog())
                    .isZero();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery(
                            "select (select count(*) from conversation)"
                                    + " + (select count(*) from embedding_job) + (select count(*) from conversation_embedding)")) {
                count.next();
                assertThat(count.getInt(1)).isZero();
            }
        }
    }

    @StorageOptimizerTest(environment = Environment.EMBEDDED)
    static class SharingTestCase {
        @Test
        void sharesTheServices(URI ollama) {
            EmbeddedTestCase.OLLAMAS.add(ollama);
        }
    }

    @StorageOptimizerTest
    static class AnnotatedAutoTestCase {
        @Test
        void runs(ConversationStorage storage) {
            assertThat(storage.stats().queued()).isZero();
        }
    }

    static class AutoTestCase {
        static final FakeDocker DOCKER = new FakeDocker();

        @RegisterExtension
        static final StorageOptimizerExtension EXTENSION = new StorageOptimizerExtension(DOCKER);

        @Test
        void one(ConversationStorage storage) {
            assertThat(storage.stats().queued()).isZero();
        }

        @Test
        void two(ConversationStorage storage) {
            assertThat(storage.stats().queued()).isZero();
        }
    }

    static class NoStartTestCase {
        static final FakeDocker DOCKER = new FakeDocker("no space left on device.");

        @RegisterExtension
        static final StorageOptimizerExtension EXTENSION = new StorageOptimizerExtension(DOCKER);

        @Test
        void runs(ConversationStorage storage) {
            assertThat(storage.stats().queued()).isZero();
        }
    }

    @StorageOptimizerTest(environment = Environment.EXTERNAL)
    static class ExternalTestCase extends EndToEndTestCase {}

    @StorageOptimizerTest(environment = Environment.EXTERNAL)
    static class CountingTestCase {
        static int found;

        @Test
        void counts(ConversationStorage storage, DataSource database) throws Exception {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from conversation")) {
                count.next();
                found = count.getInt(1);
            }
            storage.queue(Conversation.of("eve", Channel.WEB, "One more"))
                    .stored()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @StorageOptimizerTest(environment = Environment.CONTAINERS)
    static class ContainersTestCase extends EndToEndTestCase {}

    static class LoadTestCase {
        static long stored;

        @RegisterExtension
        static final StorageOptimizerExtension EXTENSION = new StorageOptimizerExtension(new FakeDocker());

        @BasicLoadTest(concurrent = 50)
        void queues(ConversationStorage storage, Iteration it) {
            it.completesWith(
                    storage.queue(Conversation.of("user-" + it.index(), Channel.WEB, "Conversation " + it.index()))
                            .stored());
        }

        @AfterEach
        void keepCount(ConversationStorage storage) {
            stored = storage.stats().stored();
        }
    }

    @StorageOptimizerTest(environment = Environment.EMBEDDED)
    static class TooEarlyTestCase {
        @BeforeAll
        static void tooEarly(ConversationStorage storage) {
            storage.stats();
        }

        @Test
        void neverRuns() {}
    }
}
