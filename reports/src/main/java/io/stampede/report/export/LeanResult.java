package io.stampede.report.export;

import io.stampede.report.text.Text;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import java.util.List;
import java.util.Map;

/**
 * A result without what can make it large: of the failures the first sample of each cause, with its texts cut; names are
 * cut, and gauges have no points.
 */
final class LeanResult {

    private static final int MAX_TEXT = 600;

    private LeanResult() {}

    static LoadResult of(LoadResult r) {
        List<FailureGroup> failures = r.failures().stream()
                .map(group -> new FailureGroup(
                        Text.cut(group.type(), MAX_TEXT),
                        Text.cut(group.shape(), MAX_TEXT),
                        group.count(),
                        group.samples().stream()
                                .limit(1)
                                .map(sample -> new FailureGroup.Sample(
                                        sample.operation(),
                                        sample.at(),
                                        Text.cut(sample.message(), MAX_TEXT),
                                        Text.cut(sample.stackTrace(), MAX_TEXT)))
                                .toList()))
                .toList();
        return new LoadResult(
                r.scenario(),
                r.startedAt(),
                r.elapsed(),
                r.planned(),
                r.started(),
                r.succeeded(),
                r.failed(),
                r.responseTime(),
                r.serviceTime(),
                r.lag(),
                r.failureTime(),
                r.series(),
                r.phases().stream().map(LeanResult::lean).toList(),
                failures,
                r.gauges().stream().map(LeanResult::lean).toList(),
                r.recovery(),
                r.breakingPoint(),
                r.facts(),
                r.machine(),
                r.endedEarly(),
                r.generatorFaults(),
                r.warmUp(),
                r.abortedBy(),
                r.generator());
    }

    private static PhaseResult lean(PhaseResult phase) {
        return new PhaseResult(
                Text.cut(phase.name(), MAX_TEXT),
                phase.planned(),
                phase.succeeded(),
                phase.failed(),
                phase.start(),
                phase.elapsed(),
                phase.responseTime(),
                phase.serviceTime(),
                Map.of(),
                phase.settled());
    }

    private static GaugeSeries lean(GaugeSeries gauge) {
        return new GaugeSeries(
                Text.cut(gauge.name(), MAX_TEXT),
                gauge.backlog(),
                List.of(),
                gauge.samples(),
                gauge.errors(),
                gauge.min(),
                gauge.max(),
                gauge.mean(),
                gauge.last(),
                gauge.afterRecovery(),
                gauge.lastError());
    }
}
