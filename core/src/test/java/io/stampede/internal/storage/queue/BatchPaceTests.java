package io.stampede.internal.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchPaceTests {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMillis(20);

    @Test
    void beginsSmallAndQuick() {
        BatchPace pace = new BatchPace(10, 1000, Duration.ofMillis(1), LONG);

        assertThat(pace.size()).isEqualTo(10);
        assertThat(pace.delay()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void fullBatchesDoubleIt() {
        BatchPace pace = new BatchPace(10, 1000, NONE, LONG);

        pace.taken(10, 0);
        assertThat(pace.size()).isEqualTo(20);
        pace.taken(20, 0);

        assertThat(pace.size()).isEqualTo(40);
    }

    @Test
    void aBurstThatWaitsIsMatchedAtOnce() {
        BatchPace pace = new BatchPace(10, 1000, NONE, LONG);

        pace.taken(10, 490);

        assertThat(pace.size()).isEqualTo(490);
    }

    @Test
    void keepsWithinItsBoundsWhateverItHears() {
        BatchPace pace = new BatchPace(10, 1000, Duration.ofMillis(1), LONG);

        for (int i = 0; i < 50; i++) {
            pace.taken(pace.size(), Integer.MAX_VALUE / 2);
        }
        assertThat(pace.size()).isEqualTo(1000);
        assertThat(pace.delay()).isEqualTo(LONG);

        for (int i = 0; i < 50; i++) {
            pace.taken(1, 0);
        }
        assertThat(pace.size()).isEqualTo(10);
        assertThat(pace.delay()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void batchesThatAreNeitherFullNorHalfEmptyLeaveItAlone() {
        BatchPace pace = pressed();

        pace.taken(999, 0);
        pace.taken(500, 0);

        assertThat(pace.size()).isEqualTo(1000);
    }

    @Test
    void batchesThatAreHalfEmptyHalveIt() {
        BatchPace pace = pressed();

        pace.taken(499, 0);

        assertThat(pace.size()).isEqualTo(500);
    }

    @Test
    void theDelayKeepsToTheSize() {
        BatchPace pace = new BatchPace(10, 110, Duration.ofMillis(10), Duration.ofMillis(110));

        pace.taken(10, 60);

        assertThat(pace.size()).isEqualTo(60);
        assertThat(pace.delay()).isEqualTo(Duration.ofMillis(60));
    }

    @Test
    void aRestEndsThePressure() {
        BatchPace pace = pressed();

        pace.rested(LONG.toNanos());
        assertThat(pace.size()).isEqualTo(1000);
        pace.rested(LONG.toNanos() + 1);

        assertThat(pace.size()).isEqualTo(10);
        assertThat(pace.delay()).isEqualTo(NONE);
    }

    @Test
    void withOneSizeAloneItIsAlwaysQuick() {
        BatchPace pace = new BatchPace(50, 50, NONE, LONG);

        pace.taken(50, 500);

        assertThat(pace.size()).isEqualTo(50);
        assertThat(pace.delay()).isEqualTo(NONE);
    }

    @Test
    void refusesBoundsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchPace(0, 10, NONE, LONG))
                .withMessage("sizes must be 1 <= minSize <= maxSize, but were 0 and 10");
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchPace(11, 10, NONE, LONG));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchPace(1, 10, LONG, NONE))
                .withMessage("delays must be 0 <= minDelay <= maxDelay, but were PT0.02S and PT0S");
    }

    private static BatchPace pressed() {
        BatchPace pace = new BatchPace(10, 1000, NONE, LONG);
        pace.taken(10, 1000);
        return pace;
    }
}
