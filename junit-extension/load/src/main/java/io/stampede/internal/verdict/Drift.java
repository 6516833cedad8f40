package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.result.Distribution;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether response times grew in the course of a run: the p95 of its last quarter against that of its first, by time.
 *
 * <p>Critical where the last is more than 1.5 times the first <em>and</em> more than 1 ms above it: a factor alone would
 * cry wolf where everything takes microseconds, a difference alone where everything takes seconds. A p95 wants at least
 * 20 values, of which one lies above it; with fewer in either quarter nothing is judged, and a note says so.
 *
 * @since 0.1
 */
public final class Drift {

    static final int MIN_SAMPLES = 20;
    private static final double MAX_FACTOR = 1.5;
    private static final double TOLERATED_NANOS = 1e6;
    private static final String BOUND = "< x1.5 or +1 ms";

    private Drift() {}

    /**
     * What is compared.
     *
     * @param first response times of the first quarter
     * @param last of the last quarter
     * @param begin where the first quarter begins, since the run began
     * @param quarter how long a quarter is; the last ends after four of them
     */
    public record Levels(Distribution first, Distribution last, Duration begin, Duration quarter) {}

    /** Empty where the run is too short to have quarters. */
    public static Optional<Levels> levels(LoadResult result) {
        List<Interval> series = result.series();
        if (intervals(series) < 4) {
            return Optional.empty();
        }
        Interval end = series.get(series.size() - 1);
        Duration begin = series.get(0).start();
        return Optional.of(new Levels(
                quarter(series, 0),
                quarter(series, 3),
                begin,
                end.start().plus(end.width()).minus(begin).dividedBy(4)));
    }

    static Optional<Judgement> judge(LoadResult result, List<String> notes) {
        Optional<Levels> levels = levels(result);
        if (levels.isEmpty()) {
            notes.add("Drift was not judged, the run is too short to tell: it took " + Times.format(result.elapsed())
                    + ", and a second for each quarter is the least.");
            return Optional.empty();
        }
        Distribution first = levels.orElseThrow().first();
        Distribution last = levels.orElseThrow().last();
        if (first.count() < MIN_SAMPLES || last.count() < MIN_SAMPLES) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Drift was not judged, the run is too short to tell: %,d operations succeeded in its first quarter"
                            + " and %,d in its last, at least %d are needed in each.",
                    first.count(),
                    last.count(),
                    MIN_SAMPLES));
            return Optional.empty();
        }
        double before = first.percentileNanos(95);
        double after = last.percentileNanos(95);
        boolean drifted = after > before * MAX_FACTOR && after - before > TOLERATED_NANOS;
        double factor = after / Math.max(1, before);
        String actual = "x" + Times.number(factor);
        String quarters = "p95 " + Times.formatNanos(before) + " in the first quarter, " + Times.formatNanos(after)
                + " in the last";
        Row row = new Row(
                Subject.Rule.DRIFT, drifted ? Band.CRITICAL : Band.TARGET, actual, factor, BOUND, BOUND, quarters);
        return Optional.of(Judgement.of(row, "response times drifted by " + actual + ": " + quarters));
    }

    private static long intervals(List<Interval> series) {
        if (series.isEmpty()) {
            return 0;
        }
        Interval first = series.get(0);
        Interval last = series.get(series.size() - 1);
        return 1
                + (last.start().toNanos() - first.start().toNanos())
                        / first.width().toNanos();
    }

    private static Distribution quarter(List<Interval> series, int quarter) {
        Interval end = series.get(series.size() - 1);
        double beginNanos = series.get(0).start().toNanos();
        double spanNanos = end.start().plus(end.width()).toNanos() - beginNanos;
        return series.stream()
                .filter(interval -> (int) (4 * (middleNanos(interval) - beginNanos) / spanNanos) == quarter)
                .map(interval -> interval.outcomes().responseTime())
                .reduce(Distribution.EMPTY, Distribution::plus);
    }

    private static double middleNanos(Interval interval) {
        Duration middle = interval.start().plus(interval.width().dividedBy(2));
        return middle.toNanos();
    }
}
