package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.result.Distribution;
import io.stampede.scenario.AbortRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the rules that end a run early. Holds no clock; used by one thread. */
final class AbortWatch {

    private final List<Watched> rules;
    private long succeeded;
    private long failed;

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
        long good = live.succeeded() - succeeded;
        long bad = live.failed() - failed;
        succeeded = live.succeeded();
        failed = live.failed();
        for (Watched watched : rules) {
            watched.add(nowNanos, good, bad, live, gauges);
        }
        return rules.stream().flatMap(watched -> watched.seen().stream()).findFirst();
    }

    private record Watched(AbortRule rule, AbortWindow window) {

        void add(long nowNanos, long good, long bad, Recorder.Live live, Map<String, GaugeSampler.Range> gauges) {
            String measure = rule.metric().measure();
            GaugeSampler.Range range = gauges.getOrDefault(measure, GaugeSampler.Range.NOTHING);
            window.add(
                    nowNanos,
                    new AbortWindow.Look(
                            good,
                            bad,
                            measure.equals("response time") ? live.response() : Distribution.EMPTY,
                            measure.equals("service time") ? live.service() : Distribution.EMPTY,
                            range.low(),
                            range.high()));
        }

        Optional<String> seen() {
            double value = window.beyond();
            return Double.isNaN(value)
                    ? Optional.empty()
                    : Optional.of(
                            rule.text() + ": it was " + rule.bound().unit().format(value) + orWorse());
        }

        private String orWorse() {
            return !rule.isOfGauge() ? "" : rule.bound().upper() ? " or less" : " or more";
        }
    }
}
