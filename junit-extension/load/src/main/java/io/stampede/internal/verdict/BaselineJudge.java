package io.stampede.internal.verdict;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.Change;
import io.stampede.baseline.Comparison.State;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a run against those before it, where its test says by how much it may be slower. */
final class BaselineJudge {

    private BaselineJudge() {}

    /** Empty where the test allows anything, and where nothing can be said yet: a note says that. */
    static Optional<Judgement> judgement(LoadResult result, @Nullable Comparison comparison, List<String> notes) {
        Double allowed = result.scenario().maxSlowdown();
        if (allowed == null) {
            return Optional.empty();
        }
        if (comparison == null && (result.endedEarly() != null || result.abortedBy() != null)) {
            return Optional.empty(); // which says enough
        }
        if (comparison == null) {
            notes.add("Baseline: not judged, there is no history (stampede.history = off, or it could not be read).");
            return Optional.empty();
        }
        if (comparison.changes().isEmpty()) {
            notes.add(
                    comparison.state() == State.NOT_ENOUGH_RUNS && comparison.runs() < comparison.leastRuns()
                            ? "Baseline: not judged yet, there are " + comparison.runs() + " of the "
                                    + comparison.leastRuns() + " runs that it takes."
                            : "Baseline: not judged. " + comparison.statement());
            return Optional.empty();
        }
        Optional<Change> worst = comparison.worst();
        // Where nothing is significantly slower, what is nearest to it.
        Change shown = worst.orElseGet(() -> comparison.changes().stream()
                .max(Comparator.comparingDouble(Change::slowdown))
                .orElseThrow());
        boolean broken = worst.isPresent() && shown.slowdown() > allowed;
        String limit = "<= +" + Times.number(100 * allowed) + " %";
        Row row = new Row(
                Subject.Rule.BASELINE,
                broken ? Band.CRITICAL : Band.TARGET,
                Numbers.change(shown.slowdown()) + " "
                        + shortLabel(shown.measure().metric()),
                100 * shown.slowdown(),
                limit,
                limit,
                comparison.state() == State.SLOWER || comparison.state() == State.FASTER
                        ? ""
                        : "within what unchanged runs differ by, or too small to matter");
        return Optional.of(Judgement.of(
                row,
                String.format(
                        Locale.ROOT,
                        "%s was %s, %s slower than the last %d runs (%s), critical above %s",
                        shown.measure().label(),
                        shown.measure().format(shown.now()),
                        Numbers.change(shown.slowdown()).substring(1),
                        comparison.runs(),
                        shown.measure().format(shown.before()),
                        limit.substring(4))));
    }

    /** Of a time its statistic alone: {@code p95}. */
    private static String shortLabel(Metric metric) {
        return metric instanceof Metric.Time time ? time.statistic().label() : metric.label();
    }
}
