package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.targets.Target;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a run by its targets table. */
final class TableJudge {

    private static final String OF_PLAN = ">= 99 % of plan";
    private static final Duration TOLERATED = Duration.ofMillis(100);
    private static final double ENDURANCE_SUCCESS_PERCENT = 99.9;

    private final LoadResult result;
    private final Figures figures;

    TableJudge(LoadResult result) {
        this.result = result;
        this.figures = new Figures(result);
    }

    List<Judgement> judgements() {
        boolean planned = result.scenario().planFixesRate();
        List<Judgement> judgements = new ArrayList<>();
        boolean delivered = false;
        for (Target target : rows()) {
            if (planned && target.metric().measure().equals("throughput")) {
                delivered().ifPresent(judgements::add);
                delivered = true;
            } else {
                double value = figures.value(target.metric());
                judgements.add(Judgement.of(target, value, figures.note(target.metric(), value)));
            }
        }
        if (planned && !delivered) {
            delivered().ifPresent(judgements::add);
        }
        return judgements;
    }

    private List<Target> rows() {
        List<Target> rows = new ArrayList<>(result.scenario().targets().rows());
        if (result.scenario().kind() instanceof Kind.Endurance) {
            rows.replaceAll(row -> row.metric().measure().equals("success rate") ? strict(row) : row);
            if (rows.stream().noneMatch(row -> row.metric().measure().equals("success rate"))) {
                rows.add(new Target(new Metric("success rate", "", "Success rate"), enduring(), enduring()));
            }
        }
        return rows;
    }

    private static Target strict(Target row) {
        Bound enduring = enduring();
        return new Target(
                row.metric(),
                row.target().value() >= enduring.value() ? row.target() : enduring,
                row.acceptable().value() >= enduring.value() ? row.acceptable() : enduring);
    }

    private static Bound enduring() {
        return new Bound(false, ENDURANCE_SUCCESS_PERCENT, Bound.Unit.PERCENT, "> 99.9%");
    }

    // A run of a second would fail for one operation that ended 10 ms late, which says nothing of the rate.
    private double deliveredPercent() {
        Duration late = result.elapsed().minus(result.scenario().duration());
        return late.compareTo(TOLERATED) > 0 || result.planned() == 0
                ? 100 * result.delivered()
                : 100.0 * result.ended() / result.planned();
    }

    /** The plan itself fixes the rate, so that the target can do no more than keep up with it. */
    private Optional<Judgement> delivered() {
        if (result.abortedBy() != null) {
            return Optional.empty(); // the plan was given up, which a row of its own says
        }
        if (result.ended() == 0) {
            return Optional.of(Judgement.noData("Throughput", OF_PLAN, OF_PLAN, "no operation ended"));
        }
        double percent = deliveredPercent();
        Row row = new Row(
                "Throughput",
                percent >= 99 ? Band.TARGET : Band.CRITICAL,
                Times.number(result.throughput()) + " ops/s, " + Judgement.percent(percent),
                result.throughput(),
                OF_PLAN,
                OF_PLAN,
                "the plan fixes the rate");
        return Optional.of(Judgement.of(
                row,
                "throughput was " + Times.number(result.throughput()) + " ops/s, " + Judgement.percent(percent)
                        + " of the plan, critical below 99 %"));
    }
}
