package io.stampede.internal.verdict;

import io.stampede.baseline.Comparison;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Sentence;
import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Validity;
import io.stampede.targets.Target;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Outcome;
import io.stampede.verdict.Verdict.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a run is worth: by its targets table, then by what its kind of scenario is judged by besides. Pure; may be
 * used by all threads.
 *
 * @since 0.1
 */
public final class Judge {

    private static final Comparator<Judgement> WORST_FIRST = Comparator.<Judgement, Band>comparing(
                    judgement -> judgement.row().band())
            .thenComparing(Judgement::severity)
            .reversed();

    private Judge() {}

    /**
     * Judges a run that has ended. A run that was stopped is {@code INVALID} whatever its rows say; one that measured
     * nothing, or was ended by one of its own rules, fails. One whose load generator was at fault or broke a limit is
     * {@code INVALID} unless something failed that this cannot have caused, such as operations that threw.
     */
    public static Verdict judge(LoadResult result) {
        return judge(result, null);
    }

    /** As above, and by what it allows against earlier runs. */
    public static Verdict judge(LoadResult result, @Nullable Comparison comparison) {
        return judge(result, comparison, 0);
    }

    /**
     * As above. A run that repeats one which missed a target, and keeps all of them, is acceptable and no more: it was
     * warmer.
     *
     * @param missedBefore how many runs of the same test in this build missed a target
     */
    public static Verdict judge(LoadResult result, @Nullable Comparison comparison, int missedBefore) {
        List<String> notes = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>(new TableJudge(result).judgements());
        judgements.addAll(new KindJudge(result, notes).judgements());
        if (judgements.isEmpty() && result.ended() == 0) {
            judgements.add(Judgement.noData(Subject.Rule.ANY_ENDED, "", "", "none ended"));
        }
        earlyStop(result).ifPresent(judgements::add);
        BaselineJudge.judgement(result, comparison, notes).ifPresent(judgements::add);
        if (missedBefore > 0 && failed(result, judgements).isEmpty()) {
            judgements.add(rerun(missedBefore));
            notes.add("The test missed its target, then kept it in a rerun. A rerun is warmer, so the first run counts:"
                    + " do not repeat load tests until they pass.");
        }
        unread(result, notes);
        List<Row> rows = judgements.stream().map(Judgement::row).toList();
        List<Judgement> failed = failed(result, judgements);
        GeneratorJudge generator = new GeneratorJudge(result);
        List<String> invalid = invalid(result);
        if (invalid.isEmpty()) {
            invalid.addAll(generator(result, generator.breaches(), failed, notes));
        } else {
            result.generator().faults().forEach(fault -> invalid.add(generatorFault(result, fault)));
        }
        String abandoned = result.ending().abandoned();
        if (abandoned != null) {
            notes.add(capitalised(abandoned) + ".");
        }
        List<String> reasons = invalid.isEmpty() ? reasons(result, failed) : invalid;
        Outcome outcome = !invalid.isEmpty() ? Outcome.INVALID : reasons.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
        return new Verdict(
                outcome, rows, reasons, notes, generator.readings(), outcome == Outcome.INVALID ? null : comparison);
    }

    private static List<Judgement> failed(LoadResult result, List<Judgement> judgements) {
        return judgements.stream()
                .filter(judgement ->
                        judgement.row().band().compareTo(result.scenario().failOn()) >= 0)
                .sorted(WORST_FIRST)
                .toList();
    }

    private static Judgement rerun(int missedBefore) {
        Row row = new Row(
                Subject.Rule.RERUN,
                Band.ACCEPTABLE,
                "missed, then kept",
                missedBefore,
                "kept at once",
                "kept in a rerun",
                "");
        return Judgement.of(row, "the test missed its target, then kept it in a rerun");
    }

    /** Rows say it of the gauges that are judged. */
    private static void unread(LoadResult result, List<String> notes) {
        List<Metric> judged =
                result.scenario().targets().rows().stream().map(Target::metric).toList();
        result.gauges().stream()
                .filter(gauge -> !GaugeSeries.ofEngine(gauge.name()))
                .filter(gauge -> judged.stream()
                        .noneMatch(metric -> metric instanceof Metric.GaugeValue value && value.isOf(gauge.name())))
                .forEach(gauge -> gauge.reads()
                        .fault()
                        .or(gauge.reads()::failures)
                        .ifPresent(fault -> notes.add(
                                Sentence.of("Gauge " + gauge.name() + ", which no target judges: " + fault))));
    }

    private static List<String> reasons(LoadResult result, List<Judgement> failed) {
        List<String> reasons = new ArrayList<>();
        if (result.abortedBy() != null) {
            reasons.add(Sentence.of(result.scenario().name() + ": ended early, " + result.abortedBy()));
        }
        failed.stream()
                .filter(judgement -> judgement.row().subject() != Subject.Rule.EARLY_STOP)
                .forEach(judgement -> reasons.add(reason(result, judgement.statement())));
        return reasons;
    }

    /** Why the state of the load generator makes a run invalid; empty where it does not, and then notes may say more. */
    private static List<String> generator(
            LoadResult result, List<GeneratorJudge.Breach> breaches, List<Judgement> failed, List<String> notes) {
        Validity.Mode mode = result.generator().limits().mode();
        List<String> faults = result.generator().faults();
        boolean stall = breaches.stream().anyMatch(GeneratorJudge.Breach::stall);
        boolean excused = failed.stream().allMatch(new GeneratorExcuse(result, stall)::covers);
        List<String> statements = new ArrayList<>();
        breaches.forEach(breach -> statements.add(breach.statement()));
        if (mode != Validity.Mode.OFF && statements.isEmpty() && faults.isEmpty()) {
            Optional<String> late = LateStarts.explain(result, failed);
            late.ifPresent(statements::add);
            excused = late.isPresent(); // it has looked at the rows itself
        }
        List<String> invalid = new ArrayList<>();
        (excused ? invalid : notes).addAll(said(result, faults, excused));
        boolean aborts = excused && mode.invalidates();
        (aborts ? invalid : notes).addAll(said(result, statements, aborts));
        if (mode == Validity.Mode.OFF) {
            notes.add("The load generator was not watched: stampede.validity = off.");
        }
        return invalid;
    }

    private static List<String> said(LoadResult result, List<String> statements, boolean invalid) {
        return statements.stream()
                .map(statement -> invalid
                        ? generatorFault(result, statement)
                        : "The load generator was beyond its limits: " + statement + ".")
                .toList();
    }

    /** The target was so bad that the run was not worth going on with: by rules that the user gave. */
    private static Optional<Judgement> earlyStop(LoadResult result) {
        String abortedBy = result.abortedBy();
        if (abortedBy == null) {
            return Optional.empty();
        }
        Row row = new Row(
                Subject.Rule.EARLY_STOP,
                Band.CRITICAL,
                "after " + Times.format(result.elapsed()),
                result.elapsed().toNanos(),
                "none",
                "none",
                abortedBy);
        return Optional.of(Judgement.of(row, "ended early: " + abortedBy));
    }

    private static List<String> invalid(LoadResult result) {
        List<String> reasons = new ArrayList<>();
        String name = result.scenario().name();
        if (result.endedEarly() != null) {
            reasons.add(Sentence.of(name + ": cannot be judged, it ended early: " + result.endedEarly()));
        }
        boolean allMustRun = result.abortedBy() == null && result.scenario().planFixesOperations();
        if (reasons.isEmpty() && allMustRun && result.ended() > 0 && result.ended() != result.planned()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%s: cannot be judged, %,d operations ended, but %,d were planned.",
                    name,
                    result.ended(),
                    result.planned()));
        }
        return reasons;
    }

    private static String capitalised(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String generatorFault(LoadResult result, String fault) {
        return Sentence.of(result.scenario().name() + ": cannot be judged, the load generator was at fault: " + fault);
    }

    private static String reason(LoadResult result, String statement) {
        return String.format(
                Locale.ROOT,
                "%s: %s (%s, %,d failed).",
                result.scenario().name(),
                statement,
                Numbers.operations(result.ended()),
                result.failed());
    }
}
