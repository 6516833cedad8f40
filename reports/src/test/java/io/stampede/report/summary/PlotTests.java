package io.stampede.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlotTests {

    @Test
    void labelsOfSmallNumbersDiffer() {
        assertThat(Ticks.nice(0, 0.0028, 5).labels()).doesNotHaveDuplicates().startsWith("0");
        assertThat(Ticks.nice(0, 0.0005, 5).labels())
                .containsExactly("0", "0.0001", "0.0002", "0.0003", "0.0004", "0.0005");
    }

    @Test
    void labelsOfThousandsOfMillionsAreShort() {
        assertThat(Ticks.nice(0, 2.9e9, 3).labels()).containsExactly("0", "1G", "2G");
    }

    @Test
    void makesRoomForATargetThatEverythingMissed() {
        Plot plot = logarithmic().across(5, Plot.Colour.TARGET);

        assertThat(plot.svg("times").xml()).contains("--target");
    }

    @Test
    void drawsValuesOfAnySize() {
        Plot plot = new Plot("seconds", "", 240);
        plot.point("g", 0, Double.MAX_VALUE).point("g", 1, -Double.MAX_VALUE).point("g", 2, Double.POSITIVE_INFINITY);
        plot.across(Double.MAX_VALUE, Plot.Colour.TARGET);

        assertThat(plot.svg("huge").xml()).contains("e300<").doesNotContain("NaN", "Infinity");
    }

    @Test
    void leavesOutWhatALogarithmicAxisHasNoPlaceFor() {
        assertThat(logarithmic().across(0, Plot.Colour.TARGET).svg("times").xml())
                .doesNotContain("--target");
    }

    private static Plot logarithmic() {
        Plot plot = new Plot("seconds", "milliseconds", 240).logarithmic();
        for (int i = 0; i < 10; i++) {
            plot.point("p95", i, 15 + 70 * i);
        }
        return plot;
    }
}
