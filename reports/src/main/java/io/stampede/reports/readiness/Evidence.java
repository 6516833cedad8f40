package io.stampede.reports.readiness;

import io.stampede.scenario.Band;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one test, or one load test in it, has shown. Plain data.
 *
 * @param test the test as {@code Class#method}, with the class's full name; empty where the load test ran in none
 * @param load name of the load test; null where this is an ordinary test
 * @param lines the lines of the checklist that it speaks for, as {@link Checklist#key} writes them; at least one for an
 *     ordinary test
 * @param detail what to know of it, such as why it says nothing; may be empty
 * @param rows of the load test's verdict that are worse than their targets; empty for ordinary tests
 * @param page of the load test: a path relative to the directory of the checklist, with slashes; null where there is none
 * @param allure its place in Allure's page, a link as {@code page}; null where there is none
 * @param at when it ended
 * @param commit that the build was of; null where it is not known
 * @param judged whether it had targets to meet; a load test without any says nothing of whether targets are met
 */
public record Evidence(
        String test,
        @Nullable String load,
        List<String> lines,
        Outcome outcome,
        String detail,
        List<MissedTarget> rows,
        @Nullable String page,
        @Nullable String allure,
        Instant at,
        @Nullable String commit,
        boolean judged) {

    /** What became of a test. */
    public enum Outcome {
        /** It shows what it is there to show. */
        PASSED,
        /** Passed, but at a part of its size: what the whole of it would come to is not shown. */
        SCALED_DOWN,
        /** Skipped, aborted, or a load test that was invalid: it shows nothing, neither good nor bad. */
        NOTHING_SHOWN,
        /** It shows the opposite. */
        FAILED;

        Outcome orWorse(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** A row of a verdict that did not reach its target; its band may be acceptable. */
    public record MissedTarget(String metric, Band band, String actual, String target) {}

    public Evidence {
        lines = List.copyOf(lines);
        rows = List.copyOf(rows);
    }

    /** Of an ordinary test, or of a load test that has targets. */
    public Evidence(
            String test,
            @Nullable String load,
            List<String> lines,
            Outcome outcome,
            String detail,
            List<MissedTarget> rows,
            @Nullable String page,
            @Nullable String allure,
            Instant at,
            @Nullable String commit) {
        this(test, load, lines, outcome, detail, rows, page, allure, at, commit, true);
    }

    /** What it is called in reports. */
    public String name() {
        if (load != null) {
            return load;
        }
        return test.substring(test.lastIndexOf('.', Math.max(0, test.indexOf('#'))) + 1);
    }

    /** Whether both are of the same test, so that the later takes the place of the earlier. */
    boolean sameTest(Evidence other) {
        return test.equals(other.test) && java.util.Objects.equals(load, other.load);
    }

    /** The same with an outcome that is the worse of the two, and a detail to it. */
    public Evidence worsened(Outcome other, String why) {
        return outcome.orWorse(other) == outcome
                ? this
                : new Evidence(test, load, lines, other, why, rows, page, allure, at, commit, judged);
    }

    /** The same with its place in Allure's page. */
    public Evidence shownAt(@Nullable String place) {
        return new Evidence(test, load, lines, outcome, detail, rows, page, place, at, commit, judged);
    }
}
