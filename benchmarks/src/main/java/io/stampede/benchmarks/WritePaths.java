package io.stampede.benchmarks;

import io.stampede.internal.storage.postgres.AcceptedConversation;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Ways to write a batch into the two tables that a stored conversation has rows in, in one transaction. */
final class WritePaths {

    private static final String COLUMNS = "(id, user_id, channel, transcript, summary, metadata, accepted_at)";
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final long EPOCH_2000_SECONDS = 946_684_800L;
    private static final int CHUNK = 1 << 16;

    private WritePaths() {}

    /** Puts a batch into the tables; the connection is in auto-commit mode before and after. */
    @FunctionalInterface
    interface WritePath {
        void write(Connection connection, List<AcceptedConversation> batch) throws SQLException, IOException;
    }

    /** The yardstick: the conversations alone, in one go. */
    static void copyConversations(Connection connection, List<AcceptedConversation> batch)
            throws SQLException, IOException {
        copyBinary(connection, batch);
    }

    static void binaryCopy(Connection connection, List<AcceptedConversation> batch) throws SQLException, IOException {
        connection.setAutoCommit(false);
        copyBinary(connection, batch);
        CopyIn jobs = copy(connection, "copy embedding_job (conversation_id) from stdin (format binary)");
        Bytes bytes = new Bytes(jobs);
        bytes.header();
        for (AcceptedConversation row : batch) {
            bytes.out.writeShort(1);
            bytes.uuid(row.id());
        }
        bytes.end();
        connection.setAutoCommit(true);
    }

    /** The conversations by COPY, their jobs by one insert, which spares an answer. */
    static void binaryCopyAndInsert(Connection connection, List<AcceptedConversation> batch)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        copyBinary(connection, batch);
        insertJobs(connection, batch);
        connection.setAutoCommit(true);
    }

    static void textCopy(Connection connection, List<AcceptedConversation> batch) throws SQLException, IOException {
        connection.setAutoCommit(false);
        StringBuilder rows = new StringBuilder(batch.size() * 300);
        StringBuilder ids = new StringBuilder(batch.size() * 37);
        for (AcceptedConversation row : batch) {
            rows.append(row.id()).append('\t');
            escaped(rows, row.conversation().userId()).append('\t');
            escaped(rows, row.conversation().channel().name()).append('\t');
            escaped(rows, row.conversation().transcript()).append('\t');
            escaped(rows, row.conversation().summary()).append('\t');
            escaped(rows, row.conversation().metadata()).append('\t');
            rows.append(row.acceptedAt()).append('\n');
            ids.append(row.id()).append('\n');
        }
        send(copy(connection, "copy conversation " + COLUMNS + " from stdin"), rows);
        send(copy(connection, "copy embedding_job (conversation_id) from stdin"), ids);
        connection.setAutoCommit(true);
    }

    /** One statement for both tables. */
    static void unnest(Connection connection, List<AcceptedConversation> batch) throws SQLException {
        String sql = "with stored as (insert into conversation " + COLUMNS
                + " select id, user_id, channel, transcript, summary, metadata::json, accepted_at::timestamptz"
                + " from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
                + " as incoming " + COLUMNS + " on conflict (id) do nothing returning id)"
                + " insert into embedding_job (conversation_id) select id from stored";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", column(batch, AcceptedConversation::id)));
            texts(statement, 2, batch, row -> row.conversation().userId());
            texts(statement, 3, batch, row -> row.conversation().channel().name());
            texts(statement, 4, batch, row -> row.conversation().transcript());
            texts(statement, 5, batch, row -> row.conversation().summary());
            texts(statement, 6, batch, row -> row.conversation().metadata());
            texts(statement, 7, batch, row -> row.acceptedAt().toString());
            statement.executeUpdate();
        }
    }

    /** A batch of single rows, which the driver turns into inserts of many rows (reWriteBatchedInserts). */
    static void jdbcBatch(Connection connection, List<AcceptedConversation> batch) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement rows = connection.prepareStatement("insert into conversation " + COLUMNS
                        + " values (?, ?, ?, ?, ?, ?::json, ?) on conflict (id) do nothing");
                PreparedStatement jobs = connection.prepareStatement(
                        "insert into embedding_job (conversation_id) values (?) on conflict do nothing")) {
            for (AcceptedConversation row : batch) {
                rows.setObject(1, row.id());
                rows.setString(2, row.conversation().userId());
                rows.setString(3, row.conversation().channel().name());
                rows.setString(4, row.conversation().transcript());
                rows.setString(5, row.conversation().summary());
                rows.setString(6, row.conversation().metadata());
                rows.setTimestamp(7, Timestamp.from(row.acceptedAt()));
                rows.addBatch();
                jobs.setObject(1, row.id());
                jobs.addBatch();
            }
            rows.executeBatch();
            jobs.executeBatch();
        }
        connection.setAutoCommit(true);
    }

    private static void insertJobs(Connection connection, List<AcceptedConversation> batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into embedding_job (conversation_id) select id from unnest(?::uuid[]) as incoming (id)")) {
            statement.setArray(1, connection.createArrayOf("uuid", column(batch, AcceptedConversation::id)));
            statement.executeUpdate();
        }
    }

    private static void copyBinary(Connection connection, List<AcceptedConversation> batch)
            throws SQLException, IOException {
        Bytes bytes = new Bytes(copy(connection, "copy conversation " + COLUMNS + " from stdin (format binary)"));
        bytes.header();
        for (AcceptedConversation row : batch) {
            bytes.out.writeShort(7);
            bytes.uuid(row.id());
            bytes.text(row.conversation().userId());
            bytes.text(row.conversation().channel().name());
            bytes.text(row.conversation().transcript());
            bytes.text(row.conversation().summary());
            bytes.text(row.conversation().metadata());
            bytes.instant(row.acceptedAt());
            bytes.sendChunk();
        }
        bytes.end();
    }

    private static CopyIn copy(Connection connection, String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    private static void send(CopyIn copy, CharSequence rows) throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.endCopy();
    }

    private static StringBuilder escaped(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out;
    }

    private static void texts(
            PreparedStatement statement,
            int index,
            List<AcceptedConversation> batch,
            Function<AcceptedConversation, String> value)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("text", column(batch, value)));
    }

    private static <T> Object[] column(List<AcceptedConversation> batch, Function<AcceptedConversation, T> value) {
        return batch.stream().map(value).toArray();
    }

    /** COPY's binary format, sent in chunks. */
    private static final class Bytes {
        private final CopyIn copy;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(CHUNK + (1 << 12));
        private final DataOutputStream out = new DataOutputStream(buffer);

        Bytes(CopyIn copy) {
            this.copy = copy;
        }

        void header() throws IOException {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        }

        void uuid(UUID id) throws IOException {
            out.writeInt(16);
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }

        void text(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        void instant(Instant at) throws IOException {
            out.writeInt(8);
            out.writeLong((at.getEpochSecond() - EPOCH_2000_SECONDS) * 1_000_000 + at.getNano() / 1000);
        }

        void sendChunk() throws SQLException {
            if (buffer.size() >= CHUNK) {
                send();
            }
        }

        void end() throws IOException, SQLException {
            out.writeShort(-1);
            send();
            copy.endCopy();
        }

        private void send() throws SQLException {
            byte[] bytes = buffer.toByteArray();
            copy.writeToCopy(bytes, 0, bytes.length);
            buffer.reset();
        }
    }
}
