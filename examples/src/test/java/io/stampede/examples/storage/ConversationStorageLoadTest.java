package io.stampede.examples.storage;

import static io.stampede.storage.model.Channel.TELEGRAM;
import static io.stampede.storage.model.Channel.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.EnduranceTest;
import io.stampede.junit.PerformanceTarget;
import io.stampede.junit.RampUpTest;
import io.stampede.junit.SpikeTest;
import io.stampede.junit.StressTest;
import io.stampede.junit.SustainedLoadTest;
import io.stampede.junit.storage.StorageOptimizerTest;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The six scenarios: queueing a conversation must cost a caller almost nothing, whatever goes on behind. */
@StorageOptimizerTest
class ConversationStorageLoadTest {

    @BasicLoadTest(concurrent = 100)
    void basic(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-" + it.index(), TELEGRAM, it));
    }

    @SustainedLoadTest(total = 1000, every = "100ms")
    void sustained(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-" + it.index() % 50, WEB, it));
    }

    @SustainedLoadTest(total = 1000, every = "100ms")
    void sustainedStored(ConversationStorage storage, Iteration it) {
        it.completesWith(
                storage.queue(conversation("user-" + it.index() % 50, WEB, it)).stored());
    }

    @SpikeTest(concurrent = 500)
    void spike(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-spike-" + it.index(), TELEGRAM, it));
    }

    @SpikeTest(concurrent = 500)
    @PerformanceTarget(metric = "queue time p95", target = "< 500 ms", acceptable = "< 2 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 500 ms", acceptable = "< 2 s")
    void spikeStored(ConversationStorage storage, Iteration it) {
        it.completesWith(storage.queue(conversation("user-spike-" + it.index(), TELEGRAM, it))
                .stored());
    }

    @EnduranceTest(total = 10_000, every = "50ms")
    void endurance(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-" + it.index() % 100, WEB, it));
    }

    @StressTest(from = 100, to = 2000, step = 100, settle = "5s")
    void stress(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-stress-" + it.index(), WEB, it));
    }

    @RampUpTest(to = 500, over = "60s", every = "5s")
    void rampUp(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-ramp-" + it.index(), TELEGRAM, it));
    }

    /** What was acknowledged is there, once, and gets its embedding. */
    @AfterEach
    void nothingIsLost(LoadResult result, ConversationStorage storage, DataSource database) throws SQLException {
        await().atMost(Duration.ofMinutes(5))
                .until(() -> storage.stats().queued() == 0
                        && storage.stats().storing() == 0
                        && storage.stats().embeddingBacklog() == 0);
        long stored = count(database, "select count(*) from conversation");
        long embedded = count(database, "select count(*) from conversation_embedding");
        System.out.printf(
                "%s: %d operations succeeded, %d conversations in the database, %d with their embedding%n",
                result.scenario().name(), result.succeeded(), stored, embedded);
        assertThat(stored).isEqualTo(result.succeeded());
        assertThat(embedded).isEqualTo(stored);
    }

    private static long count(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static Conversation conversation(String userId, Channel channel, Iteration it) {
        return Conversation.builder()
                .userId(userId)
                .channel(channel)
                .transcript("Hello, I ordered a teapot on day " + it.index() % 365 + " and order " + it.index()
                        + " has not arrived. Where is it?")
                .summary("Asks where order " + it.index() + " is.")
                .metadata("{\"operation\": " + it.index() + "}")
                .build();
    }
}
