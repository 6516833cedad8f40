package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Metric;
import io.stampede.metric.Unit;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a run by its targets table. */
final class TableJudge {

    private static final String OF_PLAN = ">= 99 % of plan";
    private static final Duration TOLERATED = Duration.ofMillis(100);

    private final LoadResult result;
    private final JudgedFigures figures;

    TableJudge(LoadResult result) {
        this.result = result;
        this.figures = new JudgedFigures(result);
    }

    List<Judgement> judgements() {
        boolean planned = result.scenario().planFixesRate();
        List<Judgement> judgements = new ArrayList<>();
        boolean delivered = false;
        for (Target target : rows()) {
            if (planned && target.metric() instanceof Metric.Throughput) {
                delivered().ifPresent(judgements::add);
                delivered = true;
            } else {
                judgements.add(judgement(target));
            }
        }
        if (planned && !delivered) {
            delivered().ifPresent(judgements::add);
        }
        return judgements;
    }

    /** Of a gauge that failed, a missed bound is certain, and a kept one is not. */
    private Judgement judgement(Target target) {
        double value = figures.value(target);
        Optional<String> fault = figures.fault(target.metric());
        Judgement judgement = Judgement.of(target, value, fault.orElseGet(() -> figures.note(target.metric(), value)));
        return fault.isEmpty() || judgement.row().band().compareTo(Band.CRITICAL) >= 0
                ? judgement
                : Judgement.of(target, Double.NaN, fault.orElseThrow());
    }

    private List<Target> rows() {
        List<Target> rows = new ArrayList<>(result.scenario().targets().rows());
        result.scenario().kind().endurance().ifPresent(endurance -> endure(rows, endurance));
        return rows;
    }

    /** A long run asks for more successes than a short one, unless the user's own table says how many. */
    private void endure(List<Target> rows, Kind.Endurance endurance) {
        Metric success = Metric.SuccessRate.OF_ALL;
        if (result.scenario().targets().ownRow(success).isPresent()) {
            return;
        }
        Bound least = enduring(endurance);
        Target strict = result.scenario()
                .targets()
                .row(success)
                .map(row -> row.with(stricter(row.target(), least), stricter(row.acceptable(), least)))
                .orElseGet(() -> new Target(success, "Success rate", least, least, true));
        if (rows.stream().noneMatch(row -> row.metric().equals(success))) {
            rows.add(strict);
        }
        rows.replaceAll(row -> row.metric().equals(success) ? strict : row);
    }

    private static Bound stricter(Bound row, Bound least) {
        return row.value() >= least.value() ? row : least;
    }

    private static Bound enduring(Kind.Endurance endurance) {
        double percent = endurance.successPercent();
        return new Bound(
                false,
                percent,
                Unit.PERCENT,
                "> " + Unit.PERCENT.format(percent).replace(" ", ""));
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
            return Optional.of(Judgement.noData(Subject.Rule.DELIVERED, OF_PLAN, OF_PLAN, "no operation ended"));
        }
        double percent = deliveredPercent();
        Row row = new Row(
                Subject.Rule.DELIVERED,
                percent >= 99 ? Band.TARGET : Band.CRITICAL,
                Times.number(result.throughput()) + " ops/s, " + Unit.PERCENT.format(percent),
                result.throughput(),
                OF_PLAN,
                OF_PLAN,
                "the plan fixes the rate");
        return Optional.of(Judgement.of(
                row,
                "throughput was " + Times.number(result.throughput()) + " ops/s, " + Unit.PERCENT.format(percent)
                        + " of the plan, critical below 99 %"));
    }
}
