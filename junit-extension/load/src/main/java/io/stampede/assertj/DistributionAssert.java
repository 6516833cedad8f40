package io.stampede.assertj;

import io.stampede.result.Distribution;
import java.math.BigDecimal;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractDurationAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on measured durations.
 *
 * @since 0.1
 */
public final class DistributionAssert extends AbstractAssert<DistributionAssert, Distribution> {

    private final String what;
    private final String scenario;

    DistributionAssert(Distribution distribution, String what, String scenario) {
        super(distribution, DistributionAssert.class);
        this.what = what;
        this.scenario = scenario;
    }

    /**
     * An assertion on a percentile.
     *
     * @param percent how many of the operations took no longer, at least; more than 0, at most 100
     * @return an assertion on that duration
     */
    public AbstractDurationAssert<?> percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be > 0 and <= 100, but was " + percent);
        }
        String name = "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
        return duration(name, actual.percentile(percent));
    }

    /** {@return an assertion on the mean} */
    public AbstractDurationAssert<?> mean() {
        return duration("mean", actual.mean());
    }

    /** {@return an assertion on the longest duration} */
    public AbstractDurationAssert<?> max() {
        return duration("max", actual.max());
    }

    private AbstractDurationAssert<?> duration(String statistic, Duration value) {
        if (actual.isEmpty()) {
            failWithMessage("no data: %s %s of %s, for nothing was measured", what, statistic, scenario);
        }
        return Assertions.assertThat(value).as("%s %s of %s", what, statistic, scenario);
    }
}
