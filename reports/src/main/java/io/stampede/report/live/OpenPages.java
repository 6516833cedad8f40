package io.stampede.report.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Which pages are open: those that were heard of lately, a bounded number. May be used by all threads. */
final class OpenPages {

    static final int MAX_PAGES = 64;

    /** A page asks every two seconds. */
    private static final long PRESENT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long LOOK_NANOS = 100_000_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> heard = new HashMap<>();

    /**
     * @param nanoTime as {@link System#nanoTime()}
     */
    OpenPages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void heardOf(String page) {
        if (heard.size() >= MAX_PAGES) {
            heard.values().removeIf(at -> !isPresent(at)); // closed without a word, as most are
        }
        if (heard.size() < MAX_PAGES || heard.containsKey(page)) {
            heard.put(page, nanoTime.getAsLong());
        }
    }

    /** It has all it wants. */
    synchronized void goodbye(String page) {
        heard.remove(page);
        notifyAll();
    }

    synchronized boolean isAny() {
        return heard.values().stream().anyMatch(this::isPresent);
    }

    private boolean isPresent(long at) {
        return nanoTime.getAsLong() - at < PRESENT_NANOS;
    }

    /** Waits until none is open, or for so long. */
    synchronized void awaitNone(Duration limit) throws InterruptedException {
        long end = nanoTime.getAsLong() + limit.toNanos();
        while (isAny()) {
            long left = end - nanoTime.getAsLong();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK_NANOS));
        }
    }
}
