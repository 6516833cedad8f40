package io.stampede.storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids that rise with time (UUID version 7), so that new rows go to the end of their index. Within a process each is
 * above the one before, so that what was accepted in the same microsecond keeps its order. Thread-safe.
 */
final class TimeOrderedIds {

    // Sets processes apart. Within one, the generator of each thread is enough, and takes no lock as SecureRandom does.
    private static final long PROCESS = new SecureRandom().nextLong();

    /** A millisecond has 12 bits of fraction, in the place of random ones: RFC 9562, section 6.2, method 3. */
    private static final int FRACTION_BITS = 12;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedIds() {}

    static UUID next() {
        Instant now = Instant.now();
        long millis = now.getEpochSecond() * 1000 + now.getNano() / NANOS_PER_MILLI;
        long fraction = ((long) (now.getNano() % NANOS_PER_MILLI) << FRACTION_BITS) / NANOS_PER_MILLI;
        long time =
                LAST.accumulateAndGet(millis << FRACTION_BITS | fraction, (last, clock) -> Math.max(last + 1, clock));
        long high = (time >>> FRACTION_BITS) << 16 | 0x7000L | (time & ((1 << FRACTION_BITS) - 1));
        long low = 0x8000000000000000L | (ThreadLocalRandom.current().nextLong() ^ PROCESS) >>> 2;
        return new UUID(high, low);
    }
}
