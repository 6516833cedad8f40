package io.stampede.report.export;

import io.stampede.report.text.Text;
import io.stampede.result.Distribution;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The public HdrHistogram log format, version 1.3: an interval per line, tags {@code response} and {@code service}. */
final class IntervalLog {

    private IntervalLog() {}

    static byte[] of(LoadResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputComment("[" + Text.line(result.scenario().name(), 200) + ", nanoseconds]");
        writer.outputLogFormatVersion();
        long start = result.startedAt().toEpochMilli();
        writer.outputStartTime(start);
        writer.setBaseTime(start);
        writer.outputLegend();
        for (Interval interval : result.series()) {
            write(writer, "response", start, interval, interval.outcomes().responseTime());
            write(writer, "service", start, interval, interval.outcomes().serviceTime());
        }
        writer.close();
        return bytes.toByteArray();
    }

    private static void write(
            HistogramLogWriter writer, String tag, long start, Interval interval, Distribution distribution) {
        Histogram histogram = histogram(distribution);
        histogram.setTag(tag);
        Duration end = interval.start().plus(interval.width());
        histogram.setStartTimeStamp(start + interval.start().toMillis());
        histogram.setEndTimeStamp(start + end.toMillis());
        // Maxima stay in nanoseconds, as the values are.
        writer.outputIntervalHistogram(
                (histogram.getStartTimeStamp() - start) / 1000.0,
                (histogram.getEndTimeStamp() - start) / 1000.0,
                histogram,
                1.0);
    }

    static Histogram histogram(Distribution distribution) {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        // The largest first, so that it grows once and not with each value: that was half of the log's time.
        for (int i = distribution.size() - 1; i >= 0; i--) {
            histogram.recordValueWithCount(distribution.valueNanos(i), distribution.countAt(i));
        }
        return histogram;
    }
}
