package io.stampede.assertj;

import static io.stampede.assertj.LoadAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.internal.verdict.Results;
import io.stampede.result.LoadResult;
import io.stampede.targets.Target;
import org.junit.jupiter.api.Test;

class LoadAssertionsTests {

    private final LoadResult good = Results.basic()
            .targets(Target.of("queue time p99", "< 10 ms", "< 20 ms"))
            .gauge("queue size", 9, 1, Double.NaN)
            .build();
    private final LoadResult bad = Results.basic()
            .targets(Target.of("success rate", "> 99.9 %", "> 99 %"))
            .counts(90, 10)
            .failure("java.io.IOException", "reset", 10)
            .build();
    private final LoadResult empty = Results.basic().nothingEnded().build();

    @Test
    void passesWhereTheResultIsGood() {
        assertThat(good).hasNoFailures().meetsTargets();
        assertThat(good).responseTime().percentile(99).isLessThan(ofMillis(50));
        assertThat(good).serviceTime().mean().isEqualTo(ofNanos(500_000));
        assertThat(good).lag().max().isLessThan(ofMillis(1));
        assertThat(good).throughput().isEqualTo(100);
        assertThat(good).successRate().isEqualTo(100);
        assertThat(good).failures().isEmpty();
        assertThat(good).gauge("Queue Size").max().isEqualTo(9);
        assertThat(good).gauge("queue size").last().isEqualTo(1);
    }

    @Test
    void saysWhatWasComparedWhereItFails() {
        assertThatThrownBy(
                        () -> assertThat(good).responseTime().percentile(99.90).isLessThan(ofNanos(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[response time p99.9 of checkout]");
        assertThatThrownBy(() -> assertThat(bad).hasNoFailures())
                .hasMessageContaining("10 of 100 operations failed: [10 x java.io.IOException: reset]");
        assertThatThrownBy(() -> assertThat(good).gauge("x"))
                .hasMessageContaining("checkout has no gauge \"x\"; it has [queue size]");
    }

    @Test
    void failsWithTheTableWhereTargetsAreMissed() {
        assertThatThrownBy(() -> assertThat(bad).meetsTargets())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("checkout: success rate was 90 %, critical below 99 %")
                .hasMessageContaining("FAILED checkout");
        assertThatThrownBy(() ->
                        assertThat(Results.basic().faults("it stalled").build()).meetsTargets())
                .hasMessageContaining("INVALID checkout");
    }

    @Test
    void failsWhereNothingWasMeasured() {
        assertThatThrownBy(() -> assertThat(empty).responseTime().max()).hasMessageContaining("no data");
        assertThatThrownBy(() -> assertThat(empty).throughput()).hasMessageContaining("no data");
        assertThatThrownBy(() -> assertThat(empty).successRate()).hasMessageContaining("no data");
        assertThatThrownBy(() -> assertThat(empty).hasNoFailures()).hasMessageContaining("no data");
        assertThatThrownBy(() -> assertThat(empty).meetsTargets()).hasMessageContaining("no data");
        assertThatThrownBy(() -> assertThat(good).gauge("queue size").afterRecovery())
                .hasMessageContaining("no data");
    }

    @Test
    void refusesPercentilesThatDoNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(good).responseTime().percentile(0))
                .withMessageContaining("percent must be > 0");
    }
}
