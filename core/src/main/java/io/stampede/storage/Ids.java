package io.stampede.storage;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids that rise with time (UUID version 7), so that new rows go to the end of their index. Thread-safe. */
final class Ids {

    // Sets processes apart. Within one, the generator of each thread is enough, and takes no lock as SecureRandom does.
    private static final long PROCESS = new SecureRandom().nextLong();

    private Ids() {}

    static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(0x1000);
        long low = 0x8000000000000000L | (random.nextLong() ^ PROCESS) >>> 2;
        return new UUID(high, low);
    }
}
