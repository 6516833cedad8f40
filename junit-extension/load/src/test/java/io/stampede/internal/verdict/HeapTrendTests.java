package io.stampede.internal.verdict;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stampede.metric.Unit;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapTrendTests {

    @Test
    void isTheLineThroughWhatWasInUseAfterTheFirstQuarter() {
        HeapTrend trend = HeapTrend.of(result(5, 60)).orElseThrow();

        assertThat(trend.bytesPerHour()).isCloseTo(1000 * 3600, within(1e-3));
        assertThat(trend.errorPerHour()).isCloseTo(0, within(1e-3));
        assertThat(trend.first()).isEqualTo(ofSeconds(15));
        assertThat(trend.last()).isEqualTo(ofSeconds(59));
        assertThat(trend.bytesAt(trend.first())).isCloseTo(1e6 + 15_000, within(1e-3));
        assertThat(trend.bytesAt(trend.last())).isCloseTo(1e6 + 59_000, within(1e-3));
    }

    @Test
    void needsFiveCollectionsAfterTheFirstQuarter() {
        assertThat(HeapTrend.of(result(55, 60))).isPresent();
        assertThat(HeapTrend.of(result(56, 60))).isEmpty();
        assertThat(HeapTrend.of(new Results().build())).isEmpty();
    }

    /** Collections once a second that leave a thousand bytes more each time, with a million more in the first quarter. */
    private static LoadResult result(int from, int seconds) {
        List<GaugeSeries.Point> points = new ArrayList<>();
        for (int i = from; i < seconds; i++) {
            points.add(new GaugeSeries.Point(ofSeconds(i), i < seconds / 4 ? 9e6 : 1e6 + 1000.0 * i));
        }
        return new Results()
                .elapsed(ofSeconds(seconds))
                .gauge(new GaugeSeries(
                        GaugeSeries.HEAP_AFTER_COLLECTION,
                        Unit.BYTES,
                        false,
                        points,
                        new GaugeSeries.Values(1e6, 9e6, 2e6, 1e6, Double.NaN, List.of()),
                        GaugeSeries.Reads.good(points.size())))
                .build();
    }
}
