package io.stampede.report.text;

import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.result.BreakingPoint;
import io.stampede.result.LoadResult;
import io.stampede.result.Recovery;
import io.stampede.verdict.Verdict;

/** Verdicts and single figures in words, as every report has them. */
public final class Headline {

    private Headline() {}

    public static String of(Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASSED ->
                verdict.rows().isEmpty()
                        ? "PASSED: nothing to judge"
                        : verdict.worst() == Band.TARGET
                                ? "PASSED: every target met"
                                : "PASSED, but " + count(verdict, Band.ACCEPTABLE) + " of "
                                        + verdict.rows().size() + " missed the target (acceptable)";
            case FAILED -> "FAILED: " + misses(verdict);
            case INVALID -> "INVALID: the load generator was at fault, so this run says nothing about the target";
        };
    }

    private static String misses(Verdict verdict) {
        long critical = count(verdict, Band.CRITICAL);
        long missing = count(verdict, Band.NO_DATA);
        if (critical == 0 && missing == 0) {
            return count(verdict, Band.ACCEPTABLE) + " of " + verdict.rows().size() + " missed the target (acceptable)";
        }
        return (critical > 0 ? critical + " of " + verdict.rows().size() + " critical" : "")
                + (critical > 0 && missing > 0 ? ", " : "")
                + (missing > 0 ? missing + " of " + verdict.rows().size() + " with no data" : "");
    }

    private static long count(Verdict verdict, Band band) {
        return verdict.rows().stream().filter(row -> row.band() == band).count();
    }

    /** Reads without colour, too. */
    public static String mark(Band band) {
        return switch (band) {
            case TARGET -> "✔";
            case ACCEPTABLE -> "!";
            case CRITICAL -> "✖";
            case NO_DATA -> "?";
        };
    }

    public static String scale(double scale) {
        if (scale == 0.1) {
            return "a tenth of the size (scale 0.1)";
        }
        if (scale == 0.01) {
            return "a hundredth of the size (scale 0.01)";
        }
        if (scale == 0.5) {
            return "half the size (scale 0.5)";
        }
        return Numbers.scale(scale) + " times the size (scale " + Numbers.scale(scale) + ")";
    }

    public static String percent(double percent) {
        return Double.isNaN(percent) ? "-" : Unit.PERCENT.format(percent);
    }

    public static String planned(LoadResult result) {
        return result.scenario().planFixesOperations()
                ? Numbers.count(result.planned())
                : "as many as the target allows";
    }

    public static String rate(double perSecond) {
        return Double.isNaN(perSecond) ? "-" : Times.number(perSecond) + " ops/s";
    }

    public static String recovery(Recovery recovery) {
        return recovery.recovered()
                ? "back within " + Times.format(recovery.took()) + " (limit " + Times.format(recovery.limit()) + ")"
                : "not back after " + Times.format(recovery.took()) + " (limit " + Times.format(recovery.limit()) + ")";
    }

    public static String shortCapacity(BreakingPoint point) {
        return !point.reached()
                ? point.reason()
                : (point.generatorLimited() && point.capacity() > 0 ? "at least " : "")
                        + Numbers.count(point.capacity()) + " at once (" + point.interval() + ")";
    }

    public static String capacity(BreakingPoint point) {
        String capacity = Numbers.count(point.capacity()) + " at once";
        if (!point.reached()) {
            return capacity + "; breaking point " + point.reason();
        }
        return (point.generatorLimited() && point.capacity() > 0 ? "at least " : "") + capacity + ", interval "
                + point.interval() + "; "
                + point.border()
                + (point.generatorLimited() ? "; the generator was the limit at " + Numbers.count(point.broke()) : "")
                + ": " + point.reason();
    }
}
