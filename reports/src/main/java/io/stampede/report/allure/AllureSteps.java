package io.stampede.report.allure;

import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import io.stampede.report.allure.AllureTestCase.Step;
import io.stampede.report.text.Headline;
import io.stampede.result.Breach;
import io.stampede.result.Distribution;
import io.stampede.result.LoadResult;
import io.stampede.result.Outcomes;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Phases, steps of a stress test and ticks of a ramp as steps of a test case: a few dozen, whatever ran. */
final class AllureSteps {

    static final int MAX = 40;

    private final LoadResult result;

    private AllureSteps(LoadResult result) {
        this.result = result;
    }

    static List<Step> of(LoadResult result) {
        return new AllureSteps(result).all();
    }

    private List<Step> all() {
        List<Step> steps = new ArrayList<>();
        PhaseResult warmUp = result.warmUp();
        if (warmUp != null) {
            Instant start = result.startedAt().minus(warmUp.elapsed());
            steps.add(new Step("Warm-up: " + warmUp.name(), start, warmUp.elapsed(), figures(warmUp), null, List.of()));
        }
        List<PhaseResult> phases = result.phases();
        int shown = phases.size() <= MAX ? phases.size() : MAX - 1;
        for (PhaseResult phase : phases.subList(0, shown)) {
            steps.add(new Step(
                    phase.name(),
                    result.startedAt().plus(phase.start()),
                    phase.elapsed(),
                    figures(phase),
                    broke(phase),
                    List.of()));
        }
        if (shown < phases.size()) {
            steps.add(rest(phases.subList(shown, phases.size())));
        }
        Recovery recovery = result.recovery();
        if (recovery != null) {
            steps.add(new Step(
                    "Recovery",
                    result.startedAt().plus(result.elapsed()),
                    recovery.took(),
                    Map.of("limit", Times.format(recovery.limit())),
                    recovery.recovered() ? null : Headline.recovery(recovery),
                    List.of()));
        }
        return steps;
    }

    private static @Nullable String broke(PhaseResult phase) {
        Breach breach = phase.breach();
        return breach == null ? null : breach.reason();
    }

    private Step rest(List<PhaseResult> phases) {
        PhaseResult last = phases.get(phases.size() - 1);
        Duration start = phases.get(0).start();
        Map<String, String> figures = new LinkedHashMap<>();
        Outcomes outcomes = phases.stream().map(PhaseResult::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
        figures.put("succeeded", Numbers.count(outcomes.succeeded()));
        figures.put("failed", Numbers.count(outcomes.failed()));
        times(figures, outcomes.responseTime());
        return new Step(
                "And " + phases.size() + " more, in the summary and the JSON",
                result.startedAt().plus(start),
                last.start().plus(last.elapsed()).minus(start),
                figures,
                null,
                List.of());
    }

    private static Map<String, String> figures(PhaseResult phase) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("planned", Numbers.count(phase.planned()));
        figures.put("succeeded", Numbers.count(phase.outcomes().succeeded()));
        figures.put("failed", Numbers.count(phase.outcomes().failed()));
        times(figures, phase.outcomes().responseTime());
        figures.put("throughput", Headline.rate(phase.throughput()));
        Duration settled = phase.settled();
        if (settled != null) {
            figures.put("settled after", Times.format(settled));
        }
        return figures;
    }

    private static void times(Map<String, String> figures, Distribution times) {
        if (!times.isEmpty()) {
            for (int percentile : new int[] {50, 95, 99}) {
                figures.put("response time p" + percentile, Times.formatNanos(times.percentileNanos(percentile)));
            }
            figures.put("response time max", Times.formatNanos(times.percentileNanos(100)));
        }
    }
}
