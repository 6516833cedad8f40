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
final class Connections implements Connection.Listener {

    /** What happens on one connection. */
    static final class Activity {

        private volatile boolean busy;
        private volatile long begunNanos;
        private volatile long endedNanos;

        // By the sweep alone: what it saw at the end of the last answer, and since when part of a request is there.
        private long seenEndNanos;
        private long bytesBefore;
        private @Nullable Long sinceNanos;
        private boolean silenced;

        private Activity() {}
    }

    private static final int ANSWER_TAKEN = 4;

    private final Map<Connection, Activity> open = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final long limitNanos;

    Connections(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Activity());
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** Says that the headers of a request are there and it is being answered. */
    Activity begin(Request request) {
        @Nullable Activity known = open.get(request.getConnectionMetaData().getConnection());
        Activity activity = known == null ? new Activity() : known;
        activity.begunNanos = System.nanoTime();
        activity.busy = true;
        busy.incrementAndGet();
        return activity;
    }

    /** Says that the answer is out, or will never be. */
    void end(Activity activity) {
        activity.endedNanos = System.nanoTime();
        activity.busy = false;
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
        open.forEach((connection, activity) -> {
            EndPoint end = connection.getEndPoint();
            if (isOverdue(connection.getBytesIn(), activity, nowNanos)
                    || isStuck(activity, nowNanos)
                    || isForgotten(end.isOutputShutdown(), activity)) {
                end.close();
            }
        });
    }

    /** How often to sweep: a request gets at most a quarter more than its time. */
    long sweepMillis() {
        return Math.max(10, TimeUnit.NANOSECONDS.toMillis(limitNanos) / 4);
    }

    private boolean isOverdue(long bytes, Activity activity, long nowNanos) {
        long ended = activity.endedNanos;
        if (activity.busy || ended != activity.seenEndNanos) {
            activity.seenEndNanos = ended;
            activity.bytesBefore = bytes;
            activity.sinceNanos = null;
            return false;
        }
        if (bytes == activity.bytesBefore) {
            return false;
        }
        if (activity.sinceNanos == null) {
            activity.sinceNanos = nowNanos;
        }
        return nowNanos - activity.sinceNanos > limitNanos;
    }

    /** Whether the caller does not take its answer: a body and a wait for an answer have half of this time together. */
    private boolean isStuck(Activity activity, long nowNanos) {
        return activity.busy && nowNanos - activity.begunNanos > ANSWER_TAKEN * limitNanos;
    }

    /** Whether the last word was said before the last sweep: it has had the time to arrive. */
    private static boolean isForgotten(boolean outputShut, Activity activity) {
        boolean before = activity.silenced;
        activity.silenced = outputShut;
        return before && outputShut;
    }
}
