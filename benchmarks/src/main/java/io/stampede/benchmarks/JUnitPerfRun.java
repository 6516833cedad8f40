package io.stampede.benchmarks;

import com.github.noconnor.junitperf.JUnitPerfTest;
import com.github.noconnor.junitperf.data.EvaluationContext;
import com.github.noconnor.junitperf.statements.PerformanceEvaluationStatement;
import com.github.noconnor.junitperf.statements.SimpleTestStatement;
import com.github.noconnor.junitperf.statistics.StatisticsCalculator;
import com.github.noconnor.junitperf.statistics.providers.DescriptiveStatisticsCalculator;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run of JUnitPerf through the statement that its JUnit extensions build, with its default statistics. Without an
 * extension around it the operation is called directly and not by reflection, which is to its advantage.
 */
final class JUnitPerfRun {

    static final String NAME = "JUnitPerf 1.37";

    private JUnitPerfRun() {}

    /**
     * Runs for the duration, or until there were {@code total} operations.
     *
     * @param perSecond -1 for no limit
     * @param total -1 for no limit
     */
    static Measured of(int threads, Duration duration, int perSecond, int total, SimpleTestStatement operation) {
        EvaluationContext context = new EvaluationContext("benchmark", System.nanoTime());
        context.loadConfiguration(new Configuration(threads, Math.toIntExact(duration.toMillis()), perSecond, total));
        StatisticsCalculator statistics = new DescriptiveStatisticsCalculator();
        CountDownLatch ended = new CountDownLatch(threads);
        AtomicLong endNanos = new AtomicLong();
        double cpuBefore = Surroundings.cpuSeconds();
        double[] cpuAfter = {Double.NaN};
        long beginNanos = System.nanoTime();
        try {
            PerformanceEvaluationStatement.builder()
                    .baseStatement(operation)
                    .statistics(statistics)
                    .context(context)
                    .threadFactory(task -> new Thread(() -> {
                        task.run();
                        // Taken here: what it computes of its samples afterwards is not what an operation costs.
                        endNanos.accumulateAndGet(System.nanoTime(), Math::max);
                        synchronized (cpuAfter) {
                            cpuAfter[0] = Surroundings.cpuSeconds();
                        }
                        ended.countDown();
                    }))
                    .listener(done -> {})
                    .build()
                    .runParallelEvaluation();
            if (!ended.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(NAME + "'s threads did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(NAME + " was interrupted", e);
        } catch (Throwable e) {
            throw new IllegalStateException(NAME + " failed", e);
        }
        synchronized (cpuAfter) {
            return new Measured(
                    statistics.getEvaluationCount(), (endNanos.get() - beginNanos) / 1e9, cpuAfter[0] - cpuBefore);
        }
    }

    /** Its annotation, as JUnit would find it on a method. */
    @SuppressWarnings("BadAnnotationImplementation") // a record has equals and hashCode
    private record Configuration(int threads, int durationMs, int maxExecutionsPerSecond, int totalExecutions)
            implements JUnitPerfTest {

        @Override
        public int warmUpMs() {
            return 0;
        }

        @Override
        public int rampUpPeriodMs() {
            return 0;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return JUnitPerfTest.class;
        }
    }
}
