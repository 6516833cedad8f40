package io.stampede.internal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.result.Distribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** What comes out of the recorder, against the samples that went in. Seeds are fixed, so that a failure repeats. */
class RecorderPropertyTests {

    private static final String SEED = "1706";
    private static final double[] PERCENTILES = {0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100};

    /** One operation; times since the run began. */
    record Sample(int thread, long dueNanos, long startNanos, long endNanos, boolean failed) {}

    @Property(seed = SEED, tries = 300, edgeCases = EdgeCasesMode.NONE)
    void percentilesHaveThreeRightDigits(@ForAll("samples") @NotEmpty List<Sample> samples) {
        Recorder.Recording recording = recorded(samples);

        agrees(
                recording.outcomes().responseTime(),
                samples.stream()
                        .filter(sample -> !sample.failed())
                        .mapToLong(sample -> sample.endNanos() - sample.dueNanos())
                        .toArray());
        agrees(
                recording.outcomes().serviceTime(),
                samples.stream()
                        .filter(sample -> !sample.failed())
                        .mapToLong(sample -> sample.endNanos() - sample.startNanos())
                        .toArray());
        agrees(
                recording.failureTime(),
                samples.stream()
                        .filter(Sample::failed)
                        .mapToLong(sample -> sample.endNanos() - sample.dueNanos())
                        .toArray());
        agrees(
                recording.lag(),
                samples.stream()
                        .mapToLong(sample -> sample.startNanos() - sample.dueNanos())
                        .toArray());
    }

    @Property(seed = SEED, tries = 300, edgeCases = EdgeCasesMode.NONE)
    void intervalsAddUpToTheRun(@ForAll("samples") @Size(min = 1, max = 50) List<Sample> samples) {
        Recorder.Recording recording = recorded(samples);

        long failed = samples.stream().filter(Sample::failed).count();
        assertThat(recording.outcomes().failed()).isEqualTo(failed);
        assertThat(recording.outcomes().succeeded()).isEqualTo(samples.size() - failed);
        assertThat(recording.series().stream()
                        .mapToLong(interval -> interval.outcomes().succeeded())
                        .sum())
                .isEqualTo(recording.outcomes().succeeded());
        assertThat(recording.series().stream()
                        .mapToLong(interval -> interval.outcomes().failed())
                        .sum())
                .isEqualTo(recording.outcomes().failed());
        assertThat(recording.series().stream()
                        .map(interval -> interval.outcomes().responseTime())
                        .reduce(Distribution.EMPTY, Distribution::plus))
                .isEqualTo(recording.outcomes().responseTime());
    }

    @Example
    void countsWhatIsLongerThanADayAsADay() {
        Duration day = Duration.ofHours(24);
        Sample first = new Sample(0, 0, 0, Duration.ofHours(25).toNanos(), false);
        Sample second = new Sample(0, 0, 0, Duration.ofDays(200 * 365).toNanos(), true);

        Recorder.Recording recording = recorded(List.of(first, second));

        for (Distribution clamped : List.of(
                recording.outcomes().responseTime(), recording.outcomes().serviceTime(), recording.failureTime())) {
            assertThat(clamped.count()).isEqualTo(1);
            assertThat(clamped.max()).isCloseTo(day, Duration.ofSeconds(87)); // three digits of a day
        }
    }

    @Provide
    Arbitrary<List<Sample>> samples() {
        // As many short ones as long ones, from nanoseconds to e^28.9 of them, which is an hour.
        Arbitrary<Long> nanos =
                Arbitraries.doubles().between(0, 28.9).ofScale(6).map(log -> Math.round(Math.exp(log)));
        return Combinators.combine(
                        Arbitraries.integers().between(-3, 9),
                        nanos,
                        nanos,
                        nanos,
                        Arbitraries.integers().between(0, 9))
                .as((thread, due, lag, service, luck) ->
                        new Sample(thread, due, due + lag, due + lag + service, luck == 0))
                .list()
                .ofMaxSize(200);
    }

    private static Recorder.Recording recorded(List<Sample> samples) {
        Recorder recorder = new Recorder(4);
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            recorder.record(
                    sample.thread(),
                    i,
                    sample.dueNanos(),
                    sample.startNanos(),
                    sample.endNanos(),
                    sample.failed() ? new IllegalStateException("no stock") : null);
        }
        return recorder.recording(Duration.ZERO);
    }

    private static void agrees(Distribution distribution, long[] samples) {
        assertThat(distribution.count()).isEqualTo(samples.length);
        if (samples.length == 0) {
            return;
        }
        Arrays.sort(samples);
        for (double percentile : PERCENTILES) {
            int rank = Math.max(1, (int) Math.ceil(percentile * samples.length / 100));
            double truth = samples[rank - 1];
            assertThat(distribution.percentileNanos(percentile))
                    .as("p%s of %s samples", percentile, samples.length)
                    .isCloseTo(truth, within(truth * 0.001 + 1));
        }
        double mean = Arrays.stream(samples).average().orElseThrow();
        assertThat(distribution.meanNanos()).as("mean").isCloseTo(mean, within(mean * 0.001 + 1));
    }
}
