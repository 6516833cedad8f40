package io.stampede.examples.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** What all load tests of the storage have in common: their conversations, and the check that none was lost. */
abstract class ConversationLoad {

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
