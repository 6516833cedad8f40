package io.stampede.report.quiet;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What operations of load tests asked of Allure while their load ran. May be used by all threads. */
public final class OperationCalls {

    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder leftOut = new LongAdder();

    /** A load begins. */
    public void begin() {
        running.incrementAndGet();
    }

    /**
     * A load has ended.
     *
     * @return how many calls were left out since the last one ended
     */
    public long end() {
        running.decrementAndGet();
        return leftOut.sumThenReset();
    }

    boolean running() {
        return running.get() > 0;
    }

    void leftOut() {
        leftOut.increment();
    }
}
