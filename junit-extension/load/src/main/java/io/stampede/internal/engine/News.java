package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.result.Distribution;

/** What looks at a run have seen since somebody was told, half a second ago at least. Used by one thread. */
final class News {

    private static final long EVERY_NANOS = 500_000_000;

    private long toldNanos = System.nanoTime();
    private Distribution response = Distribution.EMPTY;
    private Distribution service = Distribution.EMPTY;

    /** Whether it is time to tell. */
    boolean isDue(long nowNanos) {
        return nowNanos - toldNanos >= EVERY_NANOS;
    }

    void add(Recorder.Live live) {
        response = response.plus(live.response());
        service = service.plus(live.service());
    }

    /** What is to be told, and is then no news any more. */
    Told take(long nowNanos) {
        Told told = new Told(response, service);
        toldNanos = nowNanos;
        response = Distribution.EMPTY;
        service = Distribution.EMPTY;
        return told;
    }

    record Told(Distribution response, Distribution service) {}
}
