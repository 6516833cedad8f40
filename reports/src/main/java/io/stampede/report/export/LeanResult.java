package io.stampede.report.export;

import io.stampede.report.text.Text;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import java.util.List;

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
                                        Text.cut(sample.stackTrace(), MAX_TEXT),
                                        sample.thrown()))
                                .toList()))
                .toList();
        return r.copy()
                .failures(failures, r.failureTime())
                .phases(r.phases().stream().map(LeanResult::lean).toList())
                .gauges(r.gauges().stream().map(LeanResult::lean).toList())
                .build();
    }

    private static PhaseResult lean(PhaseResult phase) {
        return phase.withoutGauges().named(Text.cut(phase.name(), MAX_TEXT));
    }

    private static GaugeSeries lean(GaugeSeries gauge) {
        return gauge.withoutPoints().named(Text.cut(gauge.name(), MAX_TEXT));
    }
}
