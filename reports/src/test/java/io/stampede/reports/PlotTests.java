package io.stampede.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlotTests {

    @Test
    void makesRoomForATargetThatEverythingMissed() {
        Plot plot = logarithmic().across(5, Plot.Colour.TARGET);

        assertThat(plot.svg("times")).contains("--target");
    }

    @Test
    void leavesOutWhatALogarithmicAxisHasNoPlaceFor() {
        assertThat(logarithmic().across(0, Plot.Colour.TARGET).svg("times")).doesNotContain("--target");
    }

    private static Plot logarithmic() {
        Plot plot = new Plot("seconds", "milliseconds", 240).logarithmic();
        for (int i = 0; i < 10; i++) {
            plot.point("p95", i, 15 + 70 * i);
        }
        return plot;
    }
}
