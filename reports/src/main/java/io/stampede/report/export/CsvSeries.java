package io.stampede.report.export;

import io.stampede.report.text.Text;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import java.math.BigDecimal;
import java.math.MathContext;

/** The course of a run for spreadsheets: RFC 4180, numbers with a point, times in milliseconds, gauges by name. */
final class CsvSeries {

    private CsvSeries() {}

    static String of(LoadResult result) {
        StringBuilder csv = new StringBuilder("start_s,width_s,succeeded,failed,throughput_per_s,response_p50_ms,"
                + "response_p95_ms,response_p99_ms,response_max_ms,service_p50_ms,service_p95_ms,service_p99_ms,"
                + "service_max_ms\r\n");
        for (Interval interval : result.series()) {
            csv.append(number(interval.start().toNanos() / 1e9)).append(',');
            csv.append(number(interval.width().toNanos() / 1e9)).append(',');
            csv.append(interval.outcomes().succeeded())
                    .append(',')
                    .append(interval.outcomes().failed())
                    .append(',');
            csv.append(number(interval.throughput()));
            times(csv, interval.outcomes().responseTime());
            times(csv, interval.outcomes().serviceTime());
            csv.append("\r\n");
        }
        return csv.toString();
    }

    private static void times(StringBuilder csv, Distribution times) {
        for (double percentile : new double[] {50, 95, 99, 100}) {
            csv.append(',').append(number(times.percentileNanos(percentile) / 1e6));
        }
    }

    static String gauges(LoadResult result) {
        StringBuilder csv = new StringBuilder("at_s,gauge,value\r\n");
        for (GaugeSeries gauge : result.gauges()) {
            for (GaugeSeries.Point point : gauge.points()) {
                csv.append(number(point.at().toNanos() / 1e9)).append(',');
                csv.append(cell(gauge.name())).append(',').append(number(point.value()));
                csv.append("\r\n");
            }
        }
        return csv.toString();
    }

    /** A quote before what a spreadsheet would run as a formula. */
    private static String cell(String text) {
        String safe = Text.line(text, 200);
        if (!safe.isEmpty() && "=+-@".indexOf(safe.charAt(0)) >= 0) {
            safe = "'" + safe;
        }
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static String number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? ""
                : new BigDecimal(value).round(new MathContext(6)).toPlainString();
    }
}
