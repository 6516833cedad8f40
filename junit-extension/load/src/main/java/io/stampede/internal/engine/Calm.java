package io.stampede.internal.engine;

import io.stampede.metric.Metric;
import io.stampede.result.Recovery;
import io.stampede.scenario.Scenario;
import io.stampede.targets.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until gauges say that the target has come to rest, and no longer than a limit. Used by one thread. */
final class Calm {

    private static final Duration POLL = Duration.ofMillis(5);

    private final Scenario scenario;
    private final List<GaugeSource> gauges;
    private final BooleanSupplier isOver;

    /**
     * @param gauges those that the user registered
     * @param isOver whether the run was ended, so that nobody waits any more
     */
    Calm(Scenario scenario, List<GaugeSource> gauges, BooleanSupplier isOver) {
        this.scenario = scenario;
        this.gauges = gauges;
        this.isOver = isOver;
    }

    /** Until backlogs are gone; says how long it took. */
    Duration afterWarmUp(GaugeSampler sampler, Duration limit, Runnable meanwhile) throws InterruptedException {
        return await(sampler, limit, meanwhile, () -> backlogsAreGone(sampler));
    }

    /** Until backlogs are gone and judged gauges keep their targets; says how long it took. */
    Duration afterStep(GaugeSampler sampler, Duration limit, Runnable meanwhile) throws InterruptedException {
        return await(sampler, limit, meanwhile, () -> judgedKeepTargets(sampler) && backlogsAreGone(sampler));
    }

    /** Until judged gauges keep their targets. */
    Recovery afterSpike(GaugeSampler sampler, Duration limit, Runnable meanwhile) throws InterruptedException {
        Duration took = await(sampler, limit, meanwhile, () -> judgedKeepTargets(sampler));
        return new Recovery(took, judgedKeepTargets(sampler), limit);
    }

    private Duration await(GaugeSampler sampler, Duration limit, Runnable meanwhile, BooleanSupplier condition)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            sampler.sample();
            long taken = System.nanoTime() - begin;
            if (condition.getAsBoolean() || taken >= limit.toNanos() || isOver.getAsBoolean()) {
                return Duration.ofNanos(taken);
            }
            meanwhile.run();
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    private boolean judgedKeepTargets(GaugeSampler sampler) {
        Map<String, Double> current = sampler.current();
        return scenario.targets().rows().stream().allMatch(target -> keeps(target, current));
    }

    private static boolean keeps(Target target, Map<String, Double> current) {
        return !(target.metric() instanceof Metric.GaugeValue value)
                || !target.target().upper()
                || current.entrySet().stream()
                        .filter(gauge -> value.isOf(gauge.getKey()))
                        .allMatch(gauge -> target.target().holds(gauge.getValue()));
    }

    private boolean backlogsAreGone(GaugeSampler sampler) {
        Map<String, Double> last = sampler.last();
        return gauges.stream()
                .filter(GaugeSource::backlog)
                .noneMatch(gauge -> last.getOrDefault(gauge.name(), Double.NaN) > 0);
    }
}
