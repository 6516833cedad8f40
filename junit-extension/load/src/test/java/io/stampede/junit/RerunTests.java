package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Band;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A build that repeats what failed launches it again in the same JVM. */
@Timeout(60)
class RerunTests {

    private static final List<FinishedRun> RUNS = new ArrayList<>();

    @Test
    void aTestThatFailedAndThenPassesSaysSo() {
        Fixtures.run(FlakyTestCase.class);
        FlakyTestCase.broken.set(false);
        Fixtures.run(FlakyTestCase.class);

        FinishedRun first = RUNS.get(0);
        FinishedRun second = RUNS.get(1);
        assertThat(first.verdict().passed()).isFalse();
        assertThat(first.verdict().row(Subject.Rule.RERUN)).isEmpty();
        assertThat(second.verdict().passed()).isTrue();
        assertThat(second.verdict().row(Subject.Rule.RERUN))
                .get()
                .satisfies(row -> assertThat(row.band()).isEqualTo(Band.ACCEPTABLE));
    }

    @PerformanceTargets("only-success-targets.md")
    static class FlakyTestCase {
        static final AtomicBoolean broken = new AtomicBoolean(true);

        @AfterEach
        void record(FinishedRun run) {
            RUNS.add(run);
        }

        @BasicLoadTest(concurrent = 5)
        void load() {
            if (broken.get()) {
                throw new IllegalStateException("cold");
            }
        }
    }
}
