package io.stampede.internal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.result.Distribution;
import org.junit.jupiter.api.Test;

class HiccupRecorderTests {

    private static final long MILLISECOND = 1_000_000;

    private final HiccupRecorder recorder = new HiccupRecorder(5 * MILLISECOND);

    @Test
    void countsAShortDelayOnce() {
        recorder.record(MILLISECOND);

        assertThat(recorder.distribution().count()).isEqualTo(1);
        assertThat(recorder.distribution().percentileNanos(50)).isCloseTo(MILLISECOND, within(1e3));
    }

    @Test
    void countsAStallAsOftenAsTheThreadWouldHaveWoken() {
        recorder.record(20 * MILLISECOND);

        Distribution late = recorder.distribution();
        assertThat(late.count()).isEqualTo(4);
        assertThat(late.min().toNanos() / 1e6).isCloseTo(5, within(0.01));
        assertThat(late.max().toNanos() / 1e6).isCloseTo(20, within(0.02));
    }

    @Test
    void givesPercentilesOfTimeAndNotOfWakeUps() {
        // A second of waking in time, and a stall of a second: half of the time nobody could have started anything.
        for (int i = 0; i < 200; i++) {
            recorder.record(0);
        }
        recorder.record(1000 * MILLISECOND);

        assertThat(recorder.distribution().percentileNanos(75) / 1e6).isCloseTo(500, within(10.0));
    }

    @Test
    void takesAWakeUpThatCameEarlyForOneInTime() {
        recorder.record(-MILLISECOND);

        assertThat(recorder.distribution().max()).isZero();
    }
}
