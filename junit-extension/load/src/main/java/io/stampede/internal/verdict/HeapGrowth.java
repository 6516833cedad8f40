package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the heap that survives collections keeps growing, which is what a leak looks like.
 *
 * <p>The slope is that of a straight line fitted by least squares through what was in use after each collection, in
 * percent of the largest heap per hour: good up to 10 %, acceptable up to 50 %. The first quarter of the run is left
 * out, in which classes are loaded and caches fill. A slope less than four times its own standard error is taken for
 * noise (simple linear regression: <a href="https://www.itl.nist.gov/div898/handbook/">NIST/SEMATECH e-Handbook of
 * Statistical Methods</a>, section 4.4), as collections of the young generation alone leave a saw-tooth. At least 5
 * collections over at least 30 s are needed; with less nothing is judged, and a note says so.
 */
final class HeapGrowth {

    /** As the engine names the gauge. */
    static final String GAUGE = GaugeSeries.HEAP_AFTER_COLLECTION;

    static final int MIN_POINTS = 5;
    private static final Duration MIN_SPAN = Duration.ofSeconds(30);
    private static final double TARGET_PERCENT = 10;
    private static final double ACCEPTABLE_PERCENT = 50;
    private static final double SIGNIFICANCE = 4;

    private HeapGrowth() {}

    static Optional<Judgement> judge(LoadResult result, List<String> notes) {
        List<GaugeSeries.Point> points = HeapTrend.settled(result);
        Duration span = points.isEmpty()
                ? Duration.ZERO
                : points.get(points.size() - 1).at().minus(points.get(0).at());
        Optional<HeapTrend> fitted = HeapTrend.of(result);
        if (fitted.isEmpty() || span.compareTo(MIN_SPAN) < 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Heap growth was not judged, the run is too short to tell: %d collections over %s after its first"
                            + " quarter, at least %d over %s are needed.",
                    points.size(),
                    Times.format(span),
                    HeapTrend.MIN_POINTS,
                    Times.format(MIN_SPAN)));
            return Optional.empty();
        }
        HeapTrend trend = fitted.orElseThrow();
        double percent = 100 * trend.bytesPerHour() / result.machine().memoryBytes();
        boolean significant = trend.bytesPerHour() > SIGNIFICANCE * trend.errorPerHour();
        Band band = !significant || percent <= TARGET_PERCENT
                ? Band.TARGET
                : percent <= ACCEPTABLE_PERCENT ? Band.ACCEPTABLE : Band.CRITICAL;
        String actual = Times.number(percent) + " %/h";
        String note = String.format(
                Locale.ROOT,
                "%s MB per hour%s",
                Times.number(trend.bytesPerHour() / (1 << 20)),
                significant ? "" : ", which is noise");
        Row row = new Row(Subject.Rule.HEAP_GROWTH, band, actual, percent, "< 10 %/h", "< 50 %/h", note);
        return Optional.of(Judgement.of(
                row,
                "heap in use after collections grew by " + actual + " of the largest heap, "
                        + (band == Band.CRITICAL ? "critical above 50 %/h" : "target missed above 10 %/h")));
    }
}
