package io.stampede.internal.storage.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table through {@code COPY}, in Postgres' binary format: nothing needs escaping, and little
 * needs parsing. Sent in chunks, so that long texts do not pile up. What is closed without {@link #end} is taken back.
 * For one thread.
 */
final class BinaryCopy implements AutoCloseable {

    // The signature, no flags, no further header.
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final short END = -1;
    private static final int CHUNK = 1 << 16;

    // What a timestamp counts from: the first day of 2000, in seconds since 1970.
    private static final long EPOCH_SECONDS = 946_684_800L;

    private final CopyIn copy;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

    /** @param target the table, and in brackets its columns */
    BinaryCopy(Connection connection, String target) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + target + " from stdin (format binary)");
        chunk.put(HEADER);
    }

    /** Begins a row; as many fields have to follow. */
    BinaryCopy row(int fields) throws SQLException {
        room(Short.BYTES).putShort((short) fields);
        return this;
    }

    BinaryCopy uuid(UUID id) throws SQLException {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return this;
    }

    /** For columns of type text, and json. */
    BinaryCopy text(String text) throws SQLException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES).putInt(bytes.length);
        if (bytes.length > CHUNK) {
            send();
            copy.writeToCopy(bytes, 0, bytes.length);
        } else {
            room(bytes.length).put(bytes);
        }
        return this;
    }

    /** For columns of type timestamptz, which count microseconds. */
    BinaryCopy instant(Instant at) throws SQLException {
        long micros = (at.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + at.getNano() / 1000;
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(micros);
        return this;
    }

    /** Says that this was the last row, and waits until Postgres has written them all. */
    void end() throws SQLException {
        room(Short.BYTES).putShort(END);
        send();
        copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private ByteBuffer room(int bytes) throws SQLException {
        if (chunk.remaining() < bytes) {
            send();
        }
        return chunk;
    }

    private void send() throws SQLException {
        copy.writeToCopy(chunk.array(), 0, chunk.position());
        chunk.clear();
    }
}
