package io.stampede.verdict;

import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.scenario.Band;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Validity;
import io.stampede.verdict.Verdict.Outcome;
import io.stampede.verdict.Verdict.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
     * Judges a run that has ended. A run that ended early, or whose load generator was at fault, is {@code INVALID}
     * whatever its rows say; one that measured nothing fails. One whose load generator broke a limit is {@code INVALID}
     * unless something failed that this cannot have caused, such as operations that threw.
     */
    public static Verdict judge(LoadResult result) {
        List<String> notes = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>(new TableJudge(result).judgements());
        judgements.addAll(new KindJudge(result, notes).judgements());
        if (judgements.isEmpty() && result.ended() == 0) {
            judgements.add(Judgement.noData("operations", "", "", "none ended"));
        }
        List<Row> rows = judgements.stream().map(Judgement::row).toList();

        Scenario scenario = result.scenario();
        List<Judgement> failed = judgements.stream()
                .filter(judgement -> judgement.row().band().compareTo(scenario.failOn()) >= 0)
                .sorted(WORST_FIRST)
                .toList();
        GeneratorJudge generator = new GeneratorJudge(result);
        List<String> invalid = invalid(result);
        if (invalid.isEmpty()) {
            invalid.addAll(generator(result, generator.breaches(), failed, notes));
        }
        List<String> reasons = !invalid.isEmpty()
                ? invalid
                : failed.stream()
                        .map(judgement -> reason(result, judgement.statement()))
                        .toList();
        Outcome outcome = !invalid.isEmpty() ? Outcome.INVALID : reasons.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
        return new Verdict(outcome, rows, reasons, notes, generator.readings());
    }

    /** Why the state of the load generator makes a run invalid; empty where it does not, and then notes may say more. */
    private static List<String> generator(
            LoadResult result, List<GeneratorJudge.Breach> breaches, List<Judgement> failed, List<String> notes) {
        Validity.Mode mode = result.generator().limits().mode();
        if (mode == Validity.Mode.OFF) {
            notes.add("The load generator was not watched: stampede.validity = off.");
            return List.of();
        }
        List<String> statements = new ArrayList<>();
        breaches.forEach(breach -> statements.add(breach.statement()));
        if (statements.isEmpty()) {
            LateStarts.explain(result, failed).ifPresent(statements::add);
        }
        boolean stall = breaches.stream().anyMatch(GeneratorJudge.Breach::stall);
        boolean excused = breaches.isEmpty() || failed.stream().allMatch(new Excuse(result, stall)::covers);
        if (mode == Validity.Mode.STRICT && excused) {
            return statements.stream()
                    .map(statement -> generatorFault(result, statement))
                    .toList();
        }
        statements.forEach(statement -> notes.add("The load generator was beyond its limits: " + statement + "."));
        return List.of();
    }

    /**
     * Why a step of a stress test broke the target: a queue of more than 1000, a mean response time of more than 50 ms,
     * or a critical success rate (by the targets table; below 99 % where it says nothing of that).
     *
     * @return what broke, such as {@code mean response time 62 ms, limit 50 ms}; empty where the step was good
     */
    public static Optional<String> breach(Scenario scenario, PhaseResult step) {
        return StressLimits.breach(scenario, step);
    }

    private static List<String> invalid(LoadResult result) {
        List<String> reasons = new ArrayList<>();
        String name = result.scenario().name();
        if (result.endedEarly() != null) {
            reasons.add(name + ": cannot be judged, it ended early: " + result.endedEarly() + ".");
        }
        result.generatorFaults().forEach(fault -> reasons.add(generatorFault(result, fault)));
        if (reasons.isEmpty() && result.ended() > 0 && result.ended() != result.planned()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%s: cannot be judged, %,d operations ended, but %,d were planned.",
                    name,
                    result.ended(),
                    result.planned()));
        }
        return reasons;
    }

    private static String generatorFault(LoadResult result, String fault) {
        return result.scenario().name() + ": cannot be judged, the load generator was at fault: " + fault + ".";
    }

    private static String reason(LoadResult result, String statement) {
        return String.format(
                Locale.ROOT,
                "%s: %s (%,d operations, %,d failed).",
                result.scenario().name(),
                statement,
                result.ended(),
                result.failed());
    }
}
