package io.stampede.internal.verdict;

import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The straight line, fitted by least squares, through the heap that was in use after each collection. It leaves out the
 * first quarter of the run, in which classes are loaded and caches fill. Of a long run it goes through the highest of each
 * stretch; stretches are equally long, so that this moves the line and hardly its slope.
 *
 * @param bytesPerHour its slope
 * @param errorPerHour the standard error of the slope, in bytes per hour
 * @param first when the first collection ended that it goes through
 * @param last when the last one did
 * @param middle the mean of when they ended
 * @param bytesInTheMiddle the height of the line there
 * @since 0.1
 */
public record HeapTrend(
        double bytesPerHour,
        double errorPerHour,
        Duration first,
        Duration last,
        Duration middle,
        double bytesInTheMiddle) {

    static final int MIN_POINTS = 5;

    /** Empty if there were fewer than five collections after the first quarter, or all at the same time. */
    public static Optional<HeapTrend> of(LoadResult result) {
        List<GaugeSeries.Point> points = settled(result);
        return points.size() < MIN_POINTS
                ? Optional.empty()
                : Optional.of(through(points)).filter(trend -> Double.isFinite(trend.bytesPerHour));
    }

    /** What was in use after each collection since the first quarter. */
    static List<GaugeSeries.Point> settled(LoadResult result) {
        Duration from = result.elapsed().dividedBy(4);
        return result.gauge(GaugeSeries.HEAP_AFTER_COLLECTION).map(GaugeSeries::points).orElse(List.of()).stream()
                .filter(point -> point.at().compareTo(from) >= 0)
                .toList();
    }

    private static HeapTrend through(List<GaugeSeries.Point> points) {
        double meanX = points.stream().mapToDouble(HeapTrend::hours).average().orElse(0);
        double meanY =
                points.stream().mapToDouble(GaugeSeries.Point::value).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (GaugeSeries.Point point : points) {
            xx += (hours(point) - meanX) * (hours(point) - meanX);
            xy += (hours(point) - meanX) * (point.value() - meanY);
        }
        double slope = xy / xx;
        double residual = 0;
        for (GaugeSeries.Point point : points) {
            double off = point.value() - meanY - slope * (hours(point) - meanX);
            residual += off * off;
        }
        return new HeapTrend(
                slope,
                Math.sqrt(residual / (points.size() - 2) / xx),
                points.get(0).at(),
                points.get(points.size() - 1).at(),
                Duration.ofNanos(Math.round(meanX * 3.6e12)),
                meanY);
    }

    private static double hours(GaugeSeries.Point point) {
        return hours(point.at());
    }

    private static double hours(Duration duration) {
        return duration.toNanos() / 3.6e12;
    }

    /** The height of the line at a time since the run began. */
    public double bytesAt(Duration time) {
        return bytesInTheMiddle + bytesPerHour * (hours(time) - hours(middle));
    }
}
