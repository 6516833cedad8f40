package io.stampede.internal.storage.postgres;

import io.stampede.storage.model.Conversation;
import java.nio.FloatBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The outbox: which embeddings are still to be made. Any number of processes may claim from it at once. Thread-safe.
 */
public final class EmbeddingJobs {

    /**
     * An embedding that is now committed.
     *
     * @param conversationId whose
     * @param nanos from when the conversation was stored, by the clock of Postgres
     */
    public record Completed(UUID conversationId, long nanos) {}

    /** How far the embedding of a conversation has come; {@code GONE} where there is no such conversation. */
    public enum State {
        WAITING,
        DONE,
        PARKED,
        GONE
    }

    /**
     * What is known of one conversation's embedding.
     *
     * @param state how far it has come
     * @param error why the last attempt failed, or null
     */
    public record Status(
            UUID conversationId, State state, @Nullable String error) {}

    // Locked rows are skipped, so claimers do not wait for each other; the lease outlives the lock and the process.
    private static final String CLAIM = """
            with claimed as (
                select conversation_id from embedding_job
                where parked_at is null and available_at <= clock_timestamp()
                order by available_at limit ? for update skip locked),
            leased as (
                update embedding_job j
                set lease = ?, available_at = clock_timestamp() + ? * interval '1 ms', attempts = j.attempts + 1
                from claimed where j.conversation_id = claimed.conversation_id
                returning j.conversation_id, j.attempts)
            select leased.conversation_id, leased.attempts, c.transcript, c.summary
            from leased join conversation c on c.id = leased.conversation_id
            """;

    // All vectors come as one array, which the driver sends in binary: as text they cost more than all the rest.
    private static final String COMPLETE = """
            with given as (
                select ?::uuid[] as ids, ?::real[] as numbers, ?::integer as dimensions),
            incoming as (
                select id, numbers[(n::integer - 1) * dimensions + 1 : n::integer * dimensions] as embedding
                from given, unnest(ids) with ordinality as numbered (id, n)),
            done as (
                delete from embedding_job where conversation_id in (select id from incoming)
                returning conversation_id, created_at),
            written as (
                insert into conversation_embedding (conversation_id, model, dimensions, embedding)
                select i.id, ?, ?, i.embedding::COLUMN_TYPE
                from incoming i join done d on d.conversation_id = i.id
                on conflict (conversation_id) do update
                set model = excluded.model, dimensions = excluded.dimensions, embedding = excluded.embedding)
            select conversation_id, extract(epoch from clock_timestamp() - created_at) * 1e9 as nanos from done
            """;

    private static final String RELEASE = """
            update embedding_job
            set available_at = clock_timestamp() + ? * interval '1 ms', lease = null,
                attempts = greatest(attempts - 1, 0), error = ?
            where conversation_id = any (?) and lease = ?
            """;

    private static final String FAIL = """
            update embedding_job
            set available_at = clock_timestamp() + ? * interval '1 ms', lease = null, error = ?,
                parked_at = case when attempts >= ? then clock_timestamp() end
            where conversation_id = ? and lease = ?
            returning parked_at is not null
            """;

    private static final String STATUS = """
            select asked.id, c.id is null as gone, j.conversation_id is null as done, j.parked_at is not null as parked,
                j.error
            from unnest(?::uuid[]) as asked (id)
            left join conversation c on c.id = asked.id
            left join embedding_job j on j.conversation_id = asked.id
            """;

    private static final int MAX_ERROR = 2000;

    private final Database database;

    public EmbeddingJobs(Database database) {
        this.database = database;
    }

    /**
     * Takes up to this many jobs, the longest waiting first, for as long as the lease runs. Each claim counts as an
     * attempt, so that a job which ends the process comes to its limit too.
     *
     * @param lease a new id for this claim, to be given back with its results
     */
    public List<EmbeddingJob> claim(int limit, UUID lease, Duration leaseTime) {
        return database.run(CLAIM, statement -> {
            statement.setInt(1, limit);
            statement.setObject(2, lease);
            statement.setLong(3, leaseTime.toMillis());
            return Database.list(
                    statement,
                    rows -> new EmbeddingJob(
                            rows.getObject("conversation_id", UUID.class),
                            Conversation.textToEmbed(rows.getString("transcript"), rows.getString("summary")),
                            rows.getInt("attempts")));
        });
    }

    /**
     * Stores the vectors and deletes their jobs, in one transaction.
     *
     * @param vectors at least one, all of the same length
     * @return those whose job was still there; the others were done by another process, or their conversation is gone
     */
    public List<Completed> complete(String model, Map<UUID, float[]> vectors) {
        int dimensions = vectors.values().iterator().next().length;
        FloatBuffer numbers = FloatBuffer.allocate(vectors.size() * dimensions);
        vectors.values().forEach(numbers::put);
        String sql = COMPLETE.replace("COLUMN_TYPE", database.vectors() ? "vector" : "real[]");
        return database.run(sql, statement -> {
            Connection connection = statement.getConnection();
            statement.setArray(
                    1, connection.createArrayOf("uuid", vectors.keySet().toArray()));
            statement.setArray(2, connection.unwrap(PGConnection.class).createArrayOf("float4", numbers.array()));
            statement.setInt(3, dimensions);
            statement.setString(4, model);
            statement.setInt(5, dimensions);
            return Database.list(
                    statement,
                    rows -> new Completed(
                            rows.getObject("conversation_id", UUID.class),
                            rows.getBigDecimal("nanos").longValue()));
        });
    }

    /** Gives claimed jobs back, and the attempt with them: they may be claimed again after the delay. */
    public void release(List<UUID> ids, UUID lease, Duration delay, String error) {
        database.run(RELEASE, statement -> {
            statement.setLong(1, delay.toMillis());
            statement.setString(2, shortened(error));
            statement.setArray(3, statement.getConnection().createArrayOf("uuid", ids.toArray()));
            statement.setObject(4, lease);
            return statement.executeUpdate();
        });
    }

    /**
     * Says that the attempt failed. The job may be claimed again after the delay, or is parked where it was the last.
     *
     * @return whether it is parked
     */
    public boolean fail(UUID id, UUID lease, String error, Duration delay, int maxAttempts) {
        return database.run(FAIL, statement -> {
            statement.setLong(1, delay.toMillis());
            statement.setString(2, shortened(error));
            statement.setInt(3, maxAttempts);
            statement.setObject(4, id);
            statement.setObject(5, lease);
            return Database.list(statement, rows -> rows.getBoolean(1)).contains(true);
        });
    }

    /** How many jobs wait or are being worked on, whosever they are. Parked ones do not count. */
    public long backlog() {
        return database.run(
                "select count(*) from embedding_job where parked_at is null",
                statement -> Database.list(statement, rows -> rows.getLong(1)).get(0));
    }

    /** What is known of each of these. */
    public List<Status> status(List<UUID> ids) {
        return database.run(STATUS, statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
            return Database.list(statement, EmbeddingJobs::status);
        });
    }

    private static Status status(ResultSet row) throws SQLException {
        State state = State.WAITING;
        if (row.getBoolean("gone")) {
            state = State.GONE;
        } else if (row.getBoolean("done")) {
            state = State.DONE;
        } else if (row.getBoolean("parked")) {
            state = State.PARKED;
        }
        return new Status(row.getObject("id", UUID.class), state, row.getString("error"));
    }

    private static String shortened(String error) {
        String clean = error.replace('\0', ' ');
        return clean.length() <= MAX_ERROR ? clean : clean.substring(0, MAX_ERROR);
    }
}
