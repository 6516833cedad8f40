package io.stampede.internal.verdict;

import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import io.stampede.result.Breach;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Limit;
import java.util.List;
import java.util.Optional;

/** Whether a step of a stress test broke, and whether late starts alone did it. Pure; may be used by all threads. */
public final class StressLimits {

    private StressLimits() {}

    /**
     * Why a step broke the target: the first of the limits that it is beyond. Late starts broke it if the same statistic of
     * its service time kept the limit, and was the smaller part of the response time.
     *
     * @return empty if the step held
     */
    public static Optional<Breach> breach(List<Limit> limits, PhaseResult step) {
        if (step.outcomes().isEmpty()) {
            return Optional.of(new Breach("no operation ended"));
        }
        return limits.stream()
                .filter(limit -> limit.isBrokenBy(step.value(limit.metric())))
                .findFirst()
                .map(limit -> breach(limit, step));
    }

    private static Breach breach(Limit limit, PhaseResult step) {
        double value = step.value(limit.metric());
        String reason = limit.label() + " " + limit.bound().unit().format(value) + ", limit " + limit.value();
        return limit.metric() instanceof Metric.Time time && time.clock() == Clock.RESPONSE
                ? tooSlow(limit, reason, value, step.value(time.on(Clock.SERVICE)))
                : new Breach(reason);
    }

    // Both means are of the same operations, so their difference is the mean lag. If it is the smaller part, the target
    // was
    // nearly at the limit by itself, and as a search comes close to any border a little lag would always explain it.
    private static Breach tooSlow(Limit limit, String reason, double response, double service) {
        double lag = response - service;
        return !limit.isBrokenBy(service) && lag > service
                ? new Breach(reason + ", of which " + Unit.NANOS.format(lag) + " before operations started", true)
                : new Breach(reason);
    }
}
