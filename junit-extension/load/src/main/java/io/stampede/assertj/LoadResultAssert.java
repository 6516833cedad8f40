package io.stampede.assertj;

import io.stampede.internal.report.Failures;
import io.stampede.internal.report.VerdictTable;
import io.stampede.internal.verdict.Judge;
import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractDoubleAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a result. What was not measured fails as "no data".
 *
 * @since 0.1
 */
public final class LoadResultAssert extends AbstractAssert<LoadResultAssert, LoadResult> {

    private final @Nullable Verdict judged;

    /** @param judged what was made of the result; null to judge it anew */
    LoadResultAssert(@Nullable LoadResult result, @Nullable Verdict judged) {
        super(result, LoadResultAssert.class);
        this.judged = judged;
    }

    /** {@return assertions on end - due, of operations that succeeded} */
    public DistributionAssert responseTime() {
        return distribution("response time", LoadResult::responseTime);
    }

    /** {@return assertions on end - start, of operations that succeeded} */
    public DistributionAssert serviceTime() {
        return distribution("service time", LoadResult::serviceTime);
    }

    /** {@return assertions on start - due, of all operations} */
    public DistributionAssert lag() {
        return distribution("lag", LoadResult::lag);
    }

    private DistributionAssert distribution(
            String what, java.util.function.Function<LoadResult, Distribution> distribution) {
        isNotNull();
        return new DistributionAssert(distribution.apply(actual), what, name());
    }

    /** {@return an assertion on the number of operations that ended per second} */
    public AbstractDoubleAssert<?> throughput() {
        isNotNull();
        return measured("throughput", actual.throughput());
    }

    /** {@return an assertion on the percentage of the ended operations that succeeded, 0 to 100} */
    public AbstractDoubleAssert<?> successRate() {
        isNotNull();
        return measured("success rate", actual.successRate());
    }

    private AbstractDoubleAssert<?> measured(String what, double value) {
        if (Double.isNaN(value)) {
            failWithMessage("no data: %s of %s, for no operation ended", what, name());
        }
        return Assertions.assertThat(value).as("%s of %s", what, name());
    }

    /** {@return assertions on the failures by cause, most frequent first} */
    public ListAssert<FailureGroup> failures() {
        isNotNull();
        return Assertions.assertThat(actual.failures()).as("failures of %s", name());
    }

    /**
     * Checks that no operation failed, and that at least one ended.
     *
     * @return this
     */
    public LoadResultAssert hasNoFailures() {
        isNotNull();
        if (actual.ended() == 0) {
            failWithMessage("no data: failures of %s, for no operation ended", name());
        }
        if (actual.failed() > 0) {
            List<String> causes = actual.failures().stream()
                    .map(group -> group.count() + " x " + group.type() + ": " + group.shape())
                    .toList();
            throw Failures.because(
                    failure(
                            "%s must have no failures, but %d of %d operations failed: %s",
                            name(), actual.failed(), actual.ended(), causes),
                    actual);
        }
        return this;
    }

    /**
     * Assertions on a gauge, which must have been read.
     *
     * @param name of the gauge, in any letter case
     * @return assertions on it
     */
    public GaugeAssert gauge(String name) {
        isNotNull();
        Optional<GaugeSeries> gauge = actual.gauge(name);
        if (gauge.isEmpty()) {
            failWithMessage(
                    "%s has no gauge \"%s\"; it has %s",
                    name(),
                    name,
                    actual.gauges().stream().map(GaugeSeries::name).toList());
        }
        return new GaugeAssert(gauge.orElseThrow(), name());
    }

    /**
     * The scenario's targets are met, and its kind's own. Of a run that {@code LoadTest.run} has returned it is the verdict
     * that the console showed, comparison with earlier runs included. Fails with the whole table, worst row first; a result
     * that cannot be judged fails too, and says that it is invalid.
     *
     * @return this
     */
    public LoadResultAssert meetsTargets() {
        isNotNull();
        Verdict verdict = judged == null ? Judge.judge(actual) : judged;
        if (!verdict.passed()) {
            throw Failures.because(failure("%s", VerdictTable.renderWorstFirst(actual, verdict)), actual);
        }
        return this;
    }

    private String name() {
        return actual.scenario().name();
    }
}
