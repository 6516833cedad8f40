package io.stampede.storage.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The connections there are. Ends those that send the headers of a request byte by byte and never finish: Jetty's own limit
 * is on silence, and a byte now and then is not silent. Ends too what has been told that it is over and does not go, which Jetty
 * would leave to its idle timeout. Thread-safe.
 */
final class Lines implements Connection.Listener {

    /** One connection. */
    static final class Line {

        private volatile boolean busy;
        private volatile long begunNanos;
        private volatile long endedNanos;

        // By the sweep alone: what it saw at the end of the last answer, and since when part of a request is there.
        private long seenEndNanos;
        private long bytesBefore;
        private @Nullable Long sinceNanos;
        private boolean silenced;

        private Line() {}
    }

    private static final int ANSWER_TAKEN = 4;

    private final Map<Connection, Line> open = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final long limitNanos;

    Lines(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Line());
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** Says that the headers of a request are there and it is being answered. */
    Line begin(Request request) {
        @Nullable Line known = open.get(request.getConnectionMetaData().getConnection());
        Line line = known == null ? new Line() : known;
        line.begunNanos = System.nanoTime();
        line.busy = true;
        busy.incrementAndGet();
        return line;
    }

    /** Says that the answer is out, or will never be. */
    void end(Line line) {
        line.endedNanos = System.nanoTime();
        line.busy = false;
        busy.decrementAndGet();
    }

    /** How many connections there are. */
    int open() {
        return open.size();
    }

    /** How many requests are being answered. */
    int busy() {
        return busy.get();
    }

    /** Ends the connections whose request has been arriving for too long. By one thread at a time. */
    void sweep(long nowNanos) {
        open.forEach((connection, line) -> {
            EndPoint end = connection.getEndPoint();
            if (isOverdue(connection.getBytesIn(), line, nowNanos)
                    || isStuck(line, nowNanos)
                    || isForgotten(end.isOutputShutdown(), line)) {
                end.close();
            }
        });
    }

    /** How often to sweep: a request gets at most a quarter more than its time. */
    long sweepMillis() {
        return Math.max(10, TimeUnit.NANOSECONDS.toMillis(limitNanos) / 4);
    }

    private boolean isOverdue(long bytes, Line line, long nowNanos) {
        long ended = line.endedNanos;
        if (line.busy || ended != line.seenEndNanos) {
            line.seenEndNanos = ended;
            line.bytesBefore = bytes;
            line.sinceNanos = null;
            return false;
        }
        if (bytes == line.bytesBefore) {
            return false;
        }
        if (line.sinceNanos == null) {
            line.sinceNanos = nowNanos;
        }
        return nowNanos - line.sinceNanos > limitNanos;
    }

    /** Whether the caller does not take its answer: a body and a wait for an answer have half of this time together. */
    private boolean isStuck(Line line, long nowNanos) {
        return line.busy && nowNanos - line.begunNanos > ANSWER_TAKEN * limitNanos;
    }

    /** Whether the last word was said before the last sweep: it has had the time to arrive. */
    private static boolean isForgotten(boolean outputShut, Line line) {
        boolean before = line.silenced;
        line.silenced = outputShut;
        return before && outputShut;
    }
}
