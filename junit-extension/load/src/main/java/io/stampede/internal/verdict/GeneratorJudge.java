package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.metric.Unit;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Workload;
import io.stampede.verdict.GeneratorFigure;
import io.stampede.verdict.Verdict.Reading;
import io.stampede.verdict.Verdict.Reading.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges the load generator by the limits that the run was made with. */
final class GeneratorJudge {

    /** What collections may take altogether, however short the run: one on a busy machine says nothing. */
    private static final Duration TOLERATED = Duration.ofMillis(250);

    /** From here on the processors are named with what they may have caused. */
    private static final double BUSY = 0.9;

    /**
     * A limit that was broken.
     *
     * @param stall whether the target's own times are spoilt by it, and not alone those that include waiting
     * @param statement such as {@code lag p99 was 812 ms, limit 100 ms (stampede.validity.lag)}
     */
    record Breach(boolean stall, String statement) {}

    private final LoadResult result;
    private final GeneratorHealth health;
    private final Validity limits;
    private final List<Reading> readings = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();

    GeneratorJudge(LoadResult result) {
        this.result = result;
        this.health = result.generator();
        this.limits = health.limits();
        if (!health.watched().isZero() && limits.mode() != Validity.Mode.OFF) {
            lag();
            startRate();
            hiccup();
            collections();
            cpu(
                    GeneratorFigure.PROCESS_CPU,
                    "this process used %s of the processors",
                    health.cpu().process(),
                    limits.processCpu(),
                    "process");
            cpu(
                    GeneratorFigure.MACHINE_CPU,
                    "%s of the machine's processors were busy",
                    health.cpu().machine(),
                    limits.machineCpu(),
                    "machine");
        }
    }

    /** Every figure, kept or not; none where nobody watched. */
    List<Reading> readings() {
        return readings;
    }

    List<Breach> breaches() {
        return breaches;
    }

    private void lag() {
        double lag = result.lag().percentileNanos(99);
        boolean spread =
                result.scenario().phases().stream().map(Phase::workload).allMatch(GeneratorJudge::isSpread);
        time(
                GeneratorFigure.LAG,
                lag,
                limits.lag(),
                spread ? "" : "not judged: operations were due at once, or users waited for answers",
                spread,
                false,
                "operations started late: lag p99",
                "lag");
    }

    // A free thread waits for each operation, so that a late start is not the target's doing. Not so where many are due
    // at once: threads that run beside one another on few processors start one after the other.
    private static boolean isSpread(Workload workload) {
        return !workload.closed() && workload.simultaneous() == 1;
    }

    private void startRate() {
        double rate = health.starts().rate();
        boolean complete = result.ending().isAsPlanned();
        // The last operation may be as late as any: else a run of a second had to be ten times as exact as one of ten.
        boolean late = health.starts().took().minus(health.starts().planned()).compareTo(limits.lag()) > 0;
        boolean beyond = rate < limits.startRate();
        boolean broken = complete && late && beyond;
        readings.add(new Reading(
                GeneratorFigure.START_RATE,
                cut(rate),
                100 * rate,
                ">= " + cut(limits.startRate()),
                standing(!Double.isNaN(rate) && complete && !beyond, broken),
                Double.isNaN(rate)
                        ? "there was no schedule over time"
                        : !complete
                                ? "not judged: the run ended early"
                                : beyond && !late
                                        ? "not judged: the last start was late by less than the limit of lag"
                                        : "of the planned rate, by starts"));
        if (broken) {
            breach(
                    false,
                    String.format(
                            Locale.ROOT,
                            "operations started at %s of the planned rate, limit %s",
                            cut(rate),
                            cut(limits.startRate())),
                    "start-rate");
        }
    }

    private void hiccup() {
        double late = health.hiccups().percentileNanos(99);
        time(
                GeneratorFigure.HICCUP,
                late,
                limits.hiccup(),
                health.hiccups().isEmpty()
                        ? ""
                        : "longest " + Times.format(health.hiccups().max()),
                true,
                true,
                "this JVM stood still: hiccup p99",
                "hiccup");
    }

    private void time(
            GeneratorFigure figure,
            double nanos,
            Duration limit,
            String note,
            boolean judged,
            boolean stall,
            String what,
            String key) {
        boolean broken = judged && nanos > limit.toNanos();
        readings.add(new Reading(
                figure,
                Double.isNaN(nanos) ? "-" : Times.formatNanos(nanos),
                nanos,
                "<= " + Times.format(limit),
                standing(judged && !Double.isNaN(nanos), broken),
                note));
        if (broken) {
            breach(
                    stall,
                    what + " was " + Times.formatNanos(nanos) + ", limit " + Times.format(limit) + processors(),
                    key);
        }
    }

    private void collections() {
        double share = health.collectingShare();
        boolean beyond = share > limits.gc();
        boolean broken = beyond && health.collections().total().compareTo(TOLERATED) > 0;
        String pauses = String.format(
                Locale.ROOT,
                "%,d, longest %s",
                health.collections().count(),
                Times.format(health.collections().longest()));
        readings.add(new Reading(
                GeneratorFigure.COLLECTIONS,
                percent(share),
                100 * share,
                "<= " + percent(limits.gc()),
                standing(!beyond, broken),
                beyond && !broken ? pauses + "; not judged below " + Times.format(TOLERATED) + " in all" : pauses));
        if (broken) {
            breach(
                    true,
                    "garbage collections stopped this JVM for " + percent(share) + " of the time, limit "
                            + percent(limits.gc()) + " (" + pauses + ")",
                    "gc");
        }
    }

    private void cpu(GeneratorFigure figure, String what, double share, double limit, String key) {
        boolean broken = share > limit;
        readings.add(new Reading(
                figure,
                percent(share),
                100 * share,
                "<= " + percent(limit),
                standing(limit < 1 && !Double.isNaN(share), broken),
                Double.isNaN(share) ? "not known" : ""));
        if (broken) {
            breach(true, String.format(Locale.ROOT, what, percent(share)) + ", limit " + percent(limit), "cpu." + key);
        }
    }

    private String processors() {
        return health.cpu().machine() >= BUSY
                ? String.format(
                        Locale.ROOT,
                        "; the processors were %s busy, %s with this process",
                        percent(health.cpu().machine()),
                        percent(health.cpu().process()))
                : "";
    }

    private void breach(boolean stall, String statement, String key) {
        breaches.add(new Breach(stall, statement + " (stampede.validity." + key + ")"));
    }

    private static Standing standing(boolean judged, boolean broken) {
        return broken ? Standing.BROKEN : judged ? Standing.KEPT : Standing.NOT_JUDGED;
    }

    // Not rounded: 98.999 % must not read as the 99 % that it missed.
    private static String cut(double share) {
        return Double.isNaN(share) ? "-" : Unit.PERCENT.format(Math.round(1e8 * share) / 1e6);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : Times.number(100 * share) + " %";
    }
}
