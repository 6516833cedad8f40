package io.stampede.verdict;

import io.stampede.result.PhaseResult;
import io.stampede.scenario.Bound;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Target;
import io.stampede.scenario.Times;
import java.util.Locale;
import java.util.Optional;

/** Where a step of a stress test counts as broken. */
final class StressLimits {

    private static final String QUEUE_SIZE = "queue size";
    private static final double MAX_QUEUE_SIZE = 1000;
    private static final double MAX_MEAN_NANOS = 50e6;
    private static final double MIN_SUCCESS_PERCENT = 99;

    private StressLimits() {}

    static Optional<String> breach(Scenario scenario, PhaseResult step) {
        double success = step.successRate();
        if (Double.isNaN(success)) {
            return Optional.of("no operation ended");
        }
        double leastSuccess = leastSuccess(scenario);
        if (success < leastSuccess) {
            return Optional.of(
                    "success rate " + Judgement.percent(success) + ", limit " + Judgement.percent(leastSuccess));
        }
        double queued = Figures.peak(step, QUEUE_SIZE);
        if (queued > MAX_QUEUE_SIZE) {
            return Optional.of(String.format(Locale.ROOT, "queue size %s, limit 1,000", Times.number(queued)));
        }
        double mean = step.responseTime().meanNanos();
        if (mean > MAX_MEAN_NANOS) {
            return Optional.of("mean response time " + Times.formatNanos(mean) + ", limit 50 ms");
        }
        return Optional.empty();
    }

    private static double leastSuccess(Scenario scenario) {
        return scenario.targets().rows().stream()
                .filter(row -> row.metric().measure().equals("success rate"))
                .map(Target::acceptable)
                .mapToDouble(Bound::value)
                .findFirst()
                .orElse(MIN_SUCCESS_PERCENT);
    }
}
