package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Bound;
import io.stampede.metric.Clock;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Scenario;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges a run by what its kind of scenario asks for beside the targets table. */
final class KindJudge {

    private static final Metric.Time MEAN = Metric.Time.of(Clock.RESPONSE, Statistic.MEAN);

    private final LoadResult result;
    private final List<String> notes;

    KindJudge(LoadResult result, List<String> notes) {
        this.result = result;
        this.notes = notes;
    }

    List<Judgement> judgements() {
        Kind kind = result.scenario().kind();
        if (result.abortedBy() != null) {
            notes.add("The plan was not run to its end, so only the targets that do not speak of it were judged.");
            return List.of();
        }
        List<Judgement> judgements = new ArrayList<>();
        kind.spike().ifPresent(spike -> judgements.addAll(spike(spike)));
        kind.endurance().ifPresent(endurance -> judgements.addAll(endurance()));
        kind.search().ifPresent(stress -> judgements.add(capacity(stress)));
        if (kind.namesFirstBreach()) {
            judgements.addAll(firstBreach());
        }
        return judgements;
    }

    /** All bounds of times: those of the table, and those that the kind itself brings. */
    static List<Target> timeTargets(Scenario scenario) {
        List<Target> targets = new ArrayList<>(scenario.targets().rows());
        spikeMean(scenario).ifPresent(targets::add);
        return targets.stream()
                .filter(target -> target.metric() instanceof Metric.Time)
                .toList();
    }

    /** Empty if the table has a row for it, or the kind has no such limit. */
    private static Optional<Target> spikeMean(Scenario scenario) {
        return scenario.kind()
                .spike()
                .filter(spike -> scenario.targets().row(MEAN).isEmpty())
                .map(spike -> below("Mean response time", spike.meanResponseTime()));
    }

    private static Target below(String label, Duration limit) {
        Bound bound = Bound.below((double) limit.toNanos());
        return new Target(MEAN, label, bound, bound, false);
    }

    private List<Judgement> spike(Kind.Spike spike) {
        List<Judgement> judgements = new ArrayList<>();
        judgements.add(Judgement.of(
                        Subject.Rule.ALL_DONE,
                        below(Subject.Rule.ALL_DONE.label(), spike.allDone()),
                        result.ended() == 0
                                ? Double.NaN
                                : (double) result.elapsed().toNanos(),
                        result.ended() == 0 ? "no operation ended" : "")
                .advising("a limit of the spike itself, which allDone sets"));
        spikeMean(result.scenario()).ifPresent(mean -> judgements.add(mean(mean)));
        if (targets().stream().anyMatch(this::mustComeBack)) {
            judgements.add(recovery(spike));
        }
        return judgements;
    }

    private Judgement mean(Target target) {
        double value = result.value(target.metric());
        return Judgement.of(
                        target,
                        value,
                        !Double.isNaN(value)
                                ? ""
                                : result.ended() == 0 ? "no operation ended" : "no operation succeeded")
                .advising("a limit of the spike itself, which meanResponseTime or a targets row for it sets");
    }

    private List<Target> targets() {
        return result.scenario().targets().rows();
    }

    private boolean mustComeBack(Target target) {
        return target.target().upper()
                && target.metric() instanceof Metric.GaugeValue gauge
                && result.gauge(gauge.name()).isPresent();
    }

    private Judgement recovery(Kind.Spike spike) {
        String limit = "< " + Times.format(spike.recovery());
        Recovery recovery = result.recovery();
        if (recovery == null || result.ended() == 0) {
            return Judgement.noData(Subject.Rule.RECOVERY, limit, limit, "nobody watched");
        }
        String took = Times.format(recovery.took());
        Row row = new Row(
                Subject.Rule.RECOVERY,
                recovery.recovered() ? Band.TARGET : Band.CRITICAL,
                recovery.recovered() ? took : "not in " + took,
                recovery.recovered() ? recovery.took().toNanos() : Double.NaN,
                limit,
                limit,
                "until every gauge kept its target again");
        return Judgement.of(row, "recovery was not complete " + took + " after the last operation");
    }

    private List<Judgement> endurance() {
        List<Judgement> judgements = new ArrayList<>();
        Drift.judge(result, notes).ifPresent(judgements::add);
        HeapGrowth.judge(result, notes).ifPresent(judgements::add);
        return judgements;
    }

    private Judgement capacity(Kind.Stress stress) {
        String bound = stress.atLeast() > 0 ? String.format(Locale.ROOT, ">= %,d", stress.atLeast()) : "";
        BreakingPoint point = result.breakingPoint();
        if (point == null || result.ended() == 0 || (point.capacity() == 0 && !point.reached())) {
            return Judgement.noData(Subject.Rule.CAPACITY, bound, bound, "no step ended");
        }
        notes.add(Scaling.describe(result));
        boolean broken = point.capacity() == 0 || point.capacity() < stress.atLeast();
        Row row = new Row(
                Subject.Rule.CAPACITY,
                broken ? Band.CRITICAL : Band.TARGET,
                capacity(point),
                point.capacity(),
                bound,
                bound,
                point.reached() ? border(point, stress) : "");
        return Judgement.of(row, capacityStatement(point, stress));
    }

    private static String capacity(BreakingPoint point) {
        String form = !point.reached()
                ? "not reached up to %,d"
                : point.generatorLimited() && point.capacity() > 0 ? "at least %,d at once" : "%,d at once";
        return String.format(Locale.ROOT, form, point.capacity());
    }

    private static String border(BreakingPoint point, Kind.Stress stress) {
        StringBuilder border = new StringBuilder(point.border());
        if (point.generatorLimited()) {
            border.append(String.format(Locale.ROOT, "; the generator was the limit at %,d", point.broke()));
        }
        border.append(": ").append(point.reason());
        if (point.noisy()) {
            border.append("; runs of the same size differ, so the capacity is somewhere in ")
                    .append(point.interval());
        }
        if (!stress.narrow(point.capacity(), point.broke())) {
            border.append("; not narrowed down any further");
        }
        return border.toString();
    }

    private static String capacityStatement(BreakingPoint point, Kind.Stress stress) {
        if (point.capacity() == 0) {
            return String.format(
                    Locale.ROOT,
                    "even the smallest step, %,d at once, broke: %s; breaksWhen or a targets row for it sets the limit",
                    point.broke(),
                    point.reason());
        }
        return String.format(
                Locale.ROOT,
                point.generatorLimited()
                        ? "capacity was at least %,d at once, critical below %,d; the generator was the limit at %,d: %s"
                        : "capacity was %,d at once, critical below %,d; %,d broke it: %s",
                point.capacity(),
                stress.atLeast(),
                point.broke(),
                point.reason());
    }

    /** Says where a ramp began to hurt. The ramp as a whole is judged by the table, so this is critical only with it. */
    private List<Judgement> firstBreach() {
        List<Target> judged = targets().stream()
                .filter(target -> tellsOfTicks(target.metric()))
                .toList();
        if (judged.isEmpty() || result.phases().isEmpty() || result.ended() == 0) {
            return List.of();
        }
        for (PhaseResult tick : result.phases()) {
            for (Target target : judged) {
                double value = tick.value(target.metric());
                if (target.band(value) == Band.CRITICAL) {
                    return List.of(breached(tick, target, value));
                }
            }
            if (tick.outcomes().succeeded() == 0 && tick.outcomes().failed() > 0) { // then no time says anything
                return List.of(breached(tick, result.succeeded() == 0, "no operation succeeded"));
            }
        }
        return List.of(Judgement.of(
                new Row(Subject.Rule.FIRST_BREACH, Band.TARGET, "none", Double.NaN, "none", "", ""), "no breach"));
    }

    private static boolean tellsOfTicks(Metric metric) {
        return metric instanceof Metric.SuccessRate
                || (metric instanceof Metric.Time time && time.clock() != Clock.LAG);
    }

    private Judgement breached(PhaseResult tick, Target target, double value) {
        boolean critical = target.band(new JudgedFigures(result).value(target.metric())) == Band.CRITICAL;
        return breached(
                tick,
                critical,
                target.label().toLowerCase(Locale.ROOT) + " "
                        + target.target().unit().format(value));
    }

    private Judgement breached(PhaseResult tick, boolean critical, String what) {
        Row row = new Row(
                Subject.Rule.FIRST_BREACH,
                critical ? Band.CRITICAL : Band.ACCEPTABLE,
                tick.name(),
                result.phases().indexOf(tick) + 1,
                "none",
                "",
                what);
        return Judgement.of(row, "first breach was in " + tick.name() + ": " + what);
    }
}
