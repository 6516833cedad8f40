package io.stampede.report.allure;

import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.report.text.DisplayUnit;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What a figure must keep to: the bound beyond which its target fails the test.
 *
 * @param key of the figure
 * @param upper whether the figure must be at most {@code value}; else at least
 * @param value in the figure's unit
 */
record QualityGate(String key, boolean upper, double value) {

    /**
     * Of the targets table, also if a figure has no data: then the gate fails. None of an invalid run, and none of the
     * scenario's own judgements, which are JUnit's alone.
     */
    static List<QualityGate> of(LoadResult result, Verdict verdict, String name) {
        List<QualityGate> gates = new ArrayList<>();
        if (verdict.outcome() == Verdict.Outcome.INVALID) {
            return gates;
        }
        boolean strict = result.scenario().failOn() == Band.ACCEPTABLE;
        for (Allure3Metric.Judged judged : Allure3Metric.judged(result, verdict)) {
            Bound bound = strict ? judged.target().target() : judged.target().acceptable();
            gates.add(new QualityGate(
                    name + "." + judged.key(),
                    bound.upper(),
                    DisplayUnit.of(bound.unit()).inUnit(bound.value())));
        }
        return gates;
    }
}
