package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Bound;
import io.stampede.result.Breach;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Scenario;
import io.stampede.targets.Target;
import java.util.Locale;
import java.util.Optional;

/** Where a step of a stress test counts as broken, and whether late starts alone did it. */
final class StressLimits {

    private static final String QUEUE_SIZE = "queue size";
    private static final double MAX_QUEUE_SIZE = 1000;
    private static final double MAX_MEAN_NANOS = 50e6;
    private static final double MIN_SUCCESS_PERCENT = 99;

    private StressLimits() {}

    static Optional<Breach> breach(Scenario scenario, PhaseResult step) {
        double success = step.successRate();
        if (Double.isNaN(success)) {
            return Optional.of(new Breach("no operation ended"));
        }
        double leastSuccess = leastSuccess(scenario);
        if (success < leastSuccess) {
            return Optional.of(new Breach(
                    "success rate " + Judgement.percent(success) + ", limit " + Judgement.percent(leastSuccess)));
        }
        double queued = Figures.peak(step, QUEUE_SIZE);
        if (queued > MAX_QUEUE_SIZE) {
            return Optional.of(
                    new Breach(String.format(Locale.ROOT, "queue size %s, limit 1,000", Times.number(queued))));
        }
        double mean = step.responseTime().meanNanos();
        if (mean > MAX_MEAN_NANOS) {
            return Optional.of(tooSlow(mean, step.serviceTime().meanNanos()));
        }
        return Optional.empty();
    }

    // Both means are of the same operations, so their difference is the mean lag. Where it is the smaller part, the
    // target
    // was nearly at the limit by itself, and as a search comes close to any border a little lag would always explain
    // it.
    private static Breach tooSlow(double mean, double service) {
        String reason = "mean response time " + Times.formatNanos(mean) + ", limit 50 ms";
        double lag = mean - service;
        return service <= MAX_MEAN_NANOS && lag > service
                ? new Breach(reason + ", of which " + Times.formatNanos(lag) + " before operations started", true)
                : new Breach(reason);
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
