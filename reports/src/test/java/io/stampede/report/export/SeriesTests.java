package io.stampede.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.testing.Samples;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class SeriesTests {

    @Test
    void intervalLogIsReadBackByThePublicReader() {
        LoadResult result = Samples.sustained().result();

        List<Histogram> response = new ArrayList<>();
        HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(IntervalLog.of(result)));
        for (EncodableHistogram next = reader.nextIntervalHistogram();
                next != null;
                next = reader.nextIntervalHistogram()) {
            if ("response".equals(next.getTag())) {
                response.add((Histogram) next);
            }
        }

        assertThat(response).hasSize(60);
        assertThat(response.stream().mapToLong(Histogram::getTotalCount).sum()).isEqualTo(5990);
        Interval first = result.series().get(0);
        assertThat((double) response.get(0).getValueAtPercentile(95))
                .isCloseTo(
                        first.outcomes().responseTime().percentileNanos(95),
                        org.assertj.core.data.Percentage.withPercentage(0.2));
        assertThat(response.get(1).getStartTimeStamp())
                .isEqualTo(result.startedAt().toEpochMilli() + 1000);
    }

    @Test
    void intervalLogSurvivesNamesWithControlCharacters() {
        HistogramLogReader reader = new HistogramLogReader(
                new ByteArrayInputStream(IntervalLog.of(Samples.nasty().result())));

        assertThat(reader.nextIntervalHistogram()).isNotNull();
    }

    @Test
    void csvHasARowPerInterval() {
        String[] lines = CsvSeries.of(Samples.sustained().result()).split("\r\n");

        assertThat(lines).hasSize(61);
        assertThat(lines[0].split(",")).hasSize(13);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(13));
        assertThat(lines[1]).startsWith("0,1,99,0,99,");
    }

    @Test
    void csvLeavesWhatWasNotMeasuredEmpty() {
        assertThat(CsvSeries.of(Samples.empty().result()).lines()).hasSize(1);
        assertThat(CsvSeries.gauges(Samples.nasty().result()))
                .contains("\"\"quoted\"\"")
                .doesNotContain("\u0000", "NaN");
    }
}
