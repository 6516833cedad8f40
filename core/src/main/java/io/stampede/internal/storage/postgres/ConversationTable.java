package io.stampede.internal.storage.postgres;

import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.EmbeddingState;
import io.stampede.storage.model.Page;
import io.stampede.storage.model.SimilarConversation;
import io.stampede.storage.model.StoredConversation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores conversations and reads them back. Thread-safe. */
public final class ConversationTable {

    private static final String STORED_COLUMNS =
            "conversation (id, user_id, channel, transcript, summary, metadata, accepted_at)";

    // One statement, so one transaction: the conversations, and a job for each that was not there before.
    private static final String STORE = """
            with stored as (
                insert into conversation (id, user_id, channel, transcript, summary, metadata, accepted_at)
                select id, user_id, channel, transcript, summary, metadata::json, accepted_at::timestamptz
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                    as incoming (id, user_id, channel, transcript, summary, metadata, accepted_at)
                on conflict (id) do nothing
                returning id)
            insert into embedding_job (conversation_id) select id from stored
            """;

    // Below this one statement is faster than COPY, which takes several answers to wait for. Measured: docs/adr/0011.
    private static final int WORTH_COPYING = 50;

    // A duplicate id, and what COPY cannot do at all, such as writing where row security is on.
    private static final Set<String> NOT_FOR_COPY = Set.of("23505", "0A000");

    private static final String COLUMNS =
            "c.id, c.user_id, c.channel, c.transcript, c.summary, c.metadata, c.accepted_at,"
                    + " e.conversation_id is not null as embedded, j.parked_at is not null as parked, j.error";

    private static final String STATE_JOINS = " left join conversation_embedding e on e.conversation_id = c.id"
            + " left join embedding_job j on j.conversation_id = c.id";

    private static final String FIND = "select " + COLUMNS + " from conversation c" + STATE_JOINS + " where c.id = ?";

    private static final String FIND_BY_USER = "select " + COLUMNS + " from conversation c" + STATE_JOINS
            + " where c.user_id = ? order by c.accepted_at desc, c.id desc limit ? offset ?";

    // Vectors have length 1, so their product is the cosine similarity.
    // In double precision: models give values near 1e-33, whose product real cannot hold, and Postgres refuses that.
    private static final String SIMILAR_ARRAYS = "select " + COLUMNS
            + ", (select sum(a::float8 * b) from unnest(e.embedding, ?::real[]) as pairs (a, b)) as similarity"
            + " from conversation c join conversation_embedding e on e.conversation_id = c.id"
            + " left join embedding_job j on j.conversation_id = c.id"
            + " where c.user_id = ? and e.model = ? and e.dimensions = ? order by similarity desc limit ?";

    private final Database database;

    public ConversationTable(Database database) {
        this.database = database;
    }

    /**
     * Stores each conversation whose id is not there yet, and a job for its embedding: all of them, or on any error none.
     *
     * @return how many were not there before
     * @throws RowsRefusedException where Postgres refuses the values of one of them
     */
    public int store(List<AcceptedConversation> batch) {
        return database.run(connection ->
                batch.size() < WORTH_COPYING || !copied(connection, batch) ? insert(connection, batch) : batch.size());
    }

    /** Writes the batch the fast way; false, and nothing is written, where that cannot be done. */
    private static boolean copied(Connection connection, List<AcceptedConversation> batch) throws SQLException {
        try {
            return Database.inTransaction(connection, () -> {
                copy(connection, batch);
                return true;
            });
        } catch (SQLException e) {
            if (NOT_FOR_COPY.contains(String.valueOf(e.getSQLState()))) {
                return false;
            }
            throw e;
        }
    }

    private static void copy(Connection connection, List<AcceptedConversation> batch) throws SQLException {
        try (BinaryCopy rows = new BinaryCopy(connection, STORED_COLUMNS)) {
            for (AcceptedConversation row : batch) {
                Conversation conversation = row.conversation();
                rows.row(7)
                        .uuid(row.id())
                        .text(conversation.userId())
                        .text(conversation.channel().name())
                        .text(conversation.transcript())
                        .text(conversation.summary())
                        .text(conversation.metadata())
                        .instant(row.acceptedAt());
            }
            rows.end();
        }
        try (BinaryCopy jobs = new BinaryCopy(connection, "embedding_job (conversation_id)")) {
            for (AcceptedConversation row : batch) {
                jobs.row(1).uuid(row.id());
            }
            jobs.end();
        }
    }

    /** Writes those whose id is not there yet; says how many they were. */
    private static int insert(Connection connection, List<AcceptedConversation> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setArray(1, connection.createArrayOf("uuid", column(batch, AcceptedConversation::id)));
            statement.setArray(
                    2, texts(connection, batch, row -> row.conversation().userId()));
            statement.setArray(
                    3,
                    texts(connection, batch, row -> row.conversation().channel().name()));
            statement.setArray(
                    4, texts(connection, batch, row -> row.conversation().transcript()));
            statement.setArray(
                    5, texts(connection, batch, row -> row.conversation().summary()));
            statement.setArray(
                    6, texts(connection, batch, row -> row.conversation().metadata()));
            statement.setArray(
                    7, texts(connection, batch, row -> row.acceptedAt().toString()));
            return statement.executeUpdate();
        }
    }

    public Optional<StoredConversation> find(UUID id) {
        return database.run(FIND, statement -> {
            statement.setObject(1, id);
            return Database.list(statement, ConversationTable::stored).stream().findFirst();
        });
    }

    /** A user's conversations, newest first. */
    public List<StoredConversation> findByUser(String userId, Page page) {
        return database.run(FIND_BY_USER, statement -> {
            statement.setString(1, userId);
            statement.setInt(2, page.size());
            statement.setLong(3, page.offset());
            return Database.list(statement, ConversationTable::stored);
        });
    }

    /** A user's conversations nearest to the vector, nearest first. Those without an embedding of this model are left out. */
    public List<SimilarConversation> findSimilar(String userId, String model, float[] vector, int limit) {
        return database.run(connection -> database.vectors()
                ? byVectors(connection, userId, model, vector, limit)
                : byArrays(connection, userId, model, vector, limit));
    }

    private static List<SimilarConversation> byArrays(
            Connection connection, String userId, String model, float[] vector, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIMILAR_ARRAYS)) {
            statement.setString(1, VectorText.array(vector));
            statement.setString(2, userId);
            statement.setString(3, model);
            statement.setInt(4, vector.length);
            statement.setInt(5, limit);
            return Database.list(statement, ConversationTable::similar);
        }
    }

    private List<SimilarConversation> byVectors(
            Connection connection, String userId, String model, float[] vector, int limit) throws SQLException {
        return Database.inTransaction(connection, () -> {
            if (database.iterativeScan()) {
                // The index knows no users: without this it would stop at its nearest few and leave the user's out.
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set local hnsw.iterative_scan = strict_order");
                    // By default it would stop after 20,000 rows of others.
                    statement.execute("set local hnsw.max_scan_tuples = 2147483647");
                }
            }
            try (PreparedStatement statement =
                    connection.prepareStatement(vectorSearch(vector.length, database.iterativeScan()))) {
                String text = VectorText.vector(vector);
                statement.setString(1, text);
                statement.setString(2, userId);
                statement.setString(3, model);
                statement.setString(4, text);
                statement.setInt(5, limit);
                return Database.list(statement, ConversationTable::similar);
            }
        });
    }

    /**
     * The length stands in the text, since it is what names the index. A pgvector without iterative scans must not use
     * the index at all, because it would lose rows to the filter: adding 0 keeps it away.
     */
    private static String vectorSearch(int dimensions, boolean indexed) {
        String distance = "(e.embedding::vector(" + dimensions + ") <=> ?::vector(" + dimensions + "))";
        return "select " + COLUMNS + ", 1 - " + distance + " as similarity"
                + " from conversation c join conversation_embedding e on e.conversation_id = c.id"
                + " left join embedding_job j on j.conversation_id = c.id"
                + " where c.user_id = ? and e.model = ? and e.dimensions = " + dimensions
                + " order by " + (indexed ? distance : distance + " + 0") + " limit ?";
    }

    private static SimilarConversation similar(ResultSet rows) throws SQLException {
        return new SimilarConversation(stored(rows), rows.getDouble("similarity"));
    }

    private static StoredConversation stored(ResultSet rows) throws SQLException {
        UUID id = rows.getObject("id", UUID.class);
        Conversation conversation = Conversation.builder()
                .id(id)
                .userId(rows.getString("user_id"))
                .channel(rows.getString("channel"))
                .transcript(rows.getString("transcript"))
                .summary(rows.getString("summary"))
                .metadata(rows.getString("metadata"))
                .build();
        EmbeddingState state = EmbeddingState.PENDING;
        if (rows.getBoolean("embedded")) {
            state = EmbeddingState.DONE;
        } else if (rows.getBoolean("parked")) {
            state = EmbeddingState.PARKED;
        }
        @Nullable String error = rows.getString("error");
        return new StoredConversation(
                id,
                conversation,
                rows.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                state,
                error);
    }

    private static java.sql.Array texts(
            Connection connection, List<AcceptedConversation> batch, Function<AcceptedConversation, String> value)
            throws SQLException {
        return connection.createArrayOf("text", column(batch, value));
    }

    private static <T> Object[] column(List<AcceptedConversation> batch, Function<AcceptedConversation, T> value) {
        return batch.stream().map(value).toArray();
    }
}
