package io.stampede.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/** The least that can be done to measure an operation: two looks at the clock, and a histogram for each thread. */
final class HandwrittenLoop extends Thread {

    private final Histogram histogram = new Histogram(60_000_000_000L, 3);
    private final CountDownLatch go;
    private final long nanos;
    private long beginNanos;
    private long endNanos;

    private HandwrittenLoop(CountDownLatch go, long nanos) {
        this.go = go;
        this.nanos = nanos;
    }

    static Measured run(int threads, Duration duration) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<HandwrittenLoop> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            loops.add(new HandwrittenLoop(go, duration.toNanos()));
        }
        loops.forEach(Thread::start);
        double cpu = Surroundings.cpuSeconds();
        go.countDown();
        for (HandwrittenLoop loop : loops) {
            loop.join();
        }
        cpu = Surroundings.cpuSeconds() - cpu;
        long begin = loops.stream().mapToLong(loop -> loop.beginNanos).min().orElseThrow();
        long end = loops.stream().mapToLong(loop -> loop.endNanos).max().orElseThrow();
        long operations =
                loops.stream().mapToLong(loop -> loop.histogram.getTotalCount()).sum();
        return new Measured(operations, (end - begin) / 1e9, cpu);
    }

    @Override
    public void run() {
        try {
            go.await();
        } catch (InterruptedException e) {
            return;
        }
        beginNanos = System.nanoTime();
        long deadline = beginNanos + nanos;
        long end;
        do {
            long start = System.nanoTime();
            end = System.nanoTime();
            histogram.recordValue(end - start);
        } while (end - deadline < 0);
        endNanos = end;
    }
}
