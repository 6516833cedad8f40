package io.stampede.internal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.result.Distribution;
import io.stampede.result.Interval;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderTests {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void matchesPercentilesOfASortedArray() {
        Recorder recorder = new Recorder(4);
        SplittableRandom random = new SplittableRandom(1);
        long[] responses = new long[50_000];
        for (int i = 0; i < responses.length; i++) {
            responses[i] = (long) Math.exp(random.nextDouble(5, 22));
            recorder.record(i, i, 0, 0, responses[i], null);
        }
        Arrays.sort(responses);

        Distribution response = recorder.recording(Duration.ZERO).outcomes().responseTime();

        assertThat(response.count()).isEqualTo(responses.length);
        for (double percentile : new double[] {0.1, 1, 25, 50, 90, 95, 99, 99.9, 99.99, 100}) {
            double truth = (double) responses[(int) Math.ceil(percentile / 100 * responses.length) - 1];
            assertThat(response.percentileNanos(percentile))
                    .as("p%s", percentile)
                    .isCloseTo(truth, within(truth * 0.001 + 1));
        }
    }

    @Test
    void givesWhatCameSinceTheLastLook() {
        Recorder recorder = new Recorder(1);
        recorder.record(0, 0, 0, 5, 10, null);
        recorder.live();

        recorder.record(0, 1, 0, 30, 50, null);
        recorder.record(0, 2, 0, 0, 2 * SECOND, new IllegalStateException("gone"));
        Recorder.Live live = recorder.live();

        assertThat(live.progress().succeeded()).isEqualTo(2);
        assertThat(live.progress().failed()).isEqualTo(1);
        assertThat(live.news().responseTime()).isEqualTo(Distribution.of(new long[] {50}, new long[] {1}));
        assertThat(live.news().serviceTime()).isEqualTo(Distribution.of(new long[] {20}, new long[] {1}));
        assertThat(recorder.live().news().responseTime()).isEqualTo(Distribution.EMPTY);
        assertThat(recorder.recording(Duration.ZERO).outcomes().responseTime().count())
                .isEqualTo(2);
    }

    @Test
    void countsRatesByWhenOperationsEnd() {
        Recorder recorder = new Recorder(1);
        // Ten operations due at once, of which one ends in each of ten seconds.
        for (int i = 0; i < 10; i++) {
            recorder.record(0, i, 0, 0, i * SECOND + 1, null);
        }

        assertThat(recorder.recording(Duration.ZERO).series())
                .hasSize(10)
                .extracting(interval -> interval.outcomes().succeeded())
                .containsOnly(1L);
    }

    @Test
    void keepsABoundedNumberOfIntervals() {
        Recorder recorder = new Recorder(2);
        for (int second = 0; second < 10_000; second++) {
            recorder.record(second, second, 0, 0, second * SECOND, null);
        }

        Recorder.Recording recording = recorder.recording(Duration.ZERO);

        assertThat(recording.series()).hasSizeLessThanOrEqualTo(Series.MAX_INTERVALS);
        assertThat(recording.series().stream()
                        .mapToLong(interval -> interval.outcomes().succeeded())
                        .sum())
                .isEqualTo(10_000);
        assertThat(recording.outcomes().responseTime().count()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 1490, 0.49", "1500, 1490, 0.5", "1500, 1700, 0.7", "0, 1001, 0.1", "9000, 1490, 1"})
    void theLastIntervalIsAsWideAsTheLoadFilledIt(long plannedMillis, long lastMillis, double width) {
        Recorder recorder = new Recorder(2);
        for (int i = 0; i < 100; i++) {
            recorder.record(i, i, 0, 0, i * SECOND / 100, null);
        }
        recorder.record(0, 100, 0, 0, SECOND, null);
        recorder.record(1, 101, 0, 0, lastMillis * SECOND / 1000, null);

        List<Interval> series =
                recorder.recording(Duration.ofMillis(plannedMillis)).series();

        assertThat(series).hasSize(2);
        assertThat(series.get(0).throughput()).isEqualTo(100);
        assertThat(series.get(1).start()).isEqualTo(Duration.ofSeconds(1));
        assertThat(series.get(1).width()).isEqualTo(Duration.ofMillis(Math.round(1000 * width)));
        assertThat(series.get(1).throughput()).isCloseTo(2 / width, Offset.offset(1e-9));
    }

    @Test
    void losesNothingBetweenThreadsAndReaders() throws InterruptedException {
        Recorder recorder = new Recorder(4);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            int stripe = thread;
            executor.execute(() -> {
                for (int i = 0; i < 100_000; i++) {
                    recorder.record(stripe, i, 0, 0, i * 100_000L, i % 10 == 0 ? new RuntimeException("x") : null);
                }
            });
        }
        executor.shutdown();
        while (!executor.awaitTermination(1, TimeUnit.MILLISECONDS)) {
            recorder.live();
        }

        Recorder.Recording recording = recorder.recording(Duration.ZERO);

        assertThat(recording.outcomes().succeeded()).isEqualTo(360_000);
        assertThat(recording.outcomes().failed()).isEqualTo(40_000);
        assertThat(recording.outcomes().responseTime().count()).isEqualTo(360_000);
        assertThat(recording.lag().count()).isEqualTo(400_000);
        assertThat(recording.series().stream()
                        .mapToLong(i -> i.outcomes().ended())
                        .sum())
                .isEqualTo(400_000);
    }

    @Test
    void clampsWhatIsBeyondItsRange() {
        Recorder recorder = new Recorder(1);

        recorder.record(0, 0, 0, 0, Long.MAX_VALUE / 2, null);
        recorder.record(0, 1, 10, 10, 5, null);

        assertThat(recorder.recording(Duration.ZERO).outcomes().responseTime().count())
                .isEqualTo(2);
        assertThat(recorder.recording(Duration.ZERO)
                        .outcomes()
                        .responseTime()
                        .min()
                        .toNanos())
                .isZero();
    }
}
