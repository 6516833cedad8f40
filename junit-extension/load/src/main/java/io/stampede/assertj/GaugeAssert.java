package io.stampede.assertj;

import io.stampede.result.GaugeSeries;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractDoubleAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on a gauge.
 *
 * @since 0.1
 */
public final class GaugeAssert extends AbstractAssert<GaugeAssert, GaugeSeries> {

    private final String scenario;

    GaugeAssert(GaugeSeries gauge, String scenario) {
        super(gauge, GaugeAssert.class);
        this.scenario = scenario;
    }

    /** {@return an assertion on the largest value} */
    public AbstractDoubleAssert<?> max() {
        return value("max", actual.max());
    }

    /** {@return an assertion on the mean} */
    public AbstractDoubleAssert<?> mean() {
        return value("mean", actual.mean());
    }

    /** {@return an assertion on the last value of the load} */
    public AbstractDoubleAssert<?> last() {
        return value("last", actual.last());
    }

    /** {@return an assertion on the value when the watch after the load ended} */
    public AbstractDoubleAssert<?> afterRecovery() {
        return value("after recovery", actual.afterRecovery());
    }

    private AbstractDoubleAssert<?> value(String statistic, double value) {
        if (Double.isNaN(value)) {
            String error = actual.lastError() == null ? "nothing was read" : actual.lastError();
            failWithMessage("no data: %s %s of %s: %s", actual.name(), statistic, scenario, error);
        }
        return Assertions.assertThat(value).as("%s %s of %s", actual.name(), statistic, scenario);
    }
}
