package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.metric.Metric;
import io.stampede.result.Outcomes;
import io.stampede.scenario.AbortRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the rules that end a run early. Holds no clock; used by one thread. */
final class AbortWatch {

    private final List<Watched> rules;

    AbortWatch(List<AbortRule> rules) {
        this.rules = rules.stream()
                .map(rule -> new Watched(rule, new AbortWindow(rule)))
                .toList();
    }

    boolean hasRules() {
        return !rules.isEmpty();
    }

    /**
     * Looks at a run.
     *
     * @param nowNanos since the load began, without pauses between its steps
     * @param live what was recorded since the last look
     * @param gauges what was read since the last look
     * @return the first rule that is broken, and what was seen
     */
    Optional<String> look(long nowNanos, Recorder.Live live, Map<String, GaugeSampler.Range> gauges) {
        for (Watched watched : rules) {
            watched.add(nowNanos, live.news(), gauges);
        }
        return rules.stream().flatMap(watched -> watched.seen().stream()).findFirst();
    }

    private record Watched(AbortRule rule, AbortWindow window) {

        void add(long nowNanos, Outcomes ended, Map<String, GaugeSampler.Range> gauges) {
            GaugeSampler.Range range = rule.limit().metric() instanceof Metric.GaugeValue gauge
                    ? gauges.getOrDefault(gauge.name(), GaugeSampler.Range.NOTHING)
                    : GaugeSampler.Range.NOTHING;
            window.add(nowNanos, new AbortWindow.Look(ended, range));
        }

        Optional<String> seen() {
            double value = window.beyond();
            return Double.isNaN(value)
                    ? Optional.empty()
                    : Optional.of(rule.text() + ": it was "
                            + rule.limit().bound().unit().format(value) + orWorse());
        }

        private String orWorse() {
            return !rule.isOfGauge() ? "" : rule.limit().bound().upper() ? " or less" : " or more";
        }
    }
}
