package io.stampede.report.readiness;

import io.stampede.metric.Band;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one test, or one load test in it, has shown. Plain data.
 *
 * @param test the test as {@code Class#method}, with the class's full name; empty if the load test ran in none that
 *     is known
 * @param load name of the load test; null if this is an ordinary test
 * @param lines the lines of the checklist that it speaks for, as {@link Checklist#key} writes them; at least one for an
 *     ordinary test
 * @param detail what else to know, such as why it says nothing; may be empty
 * @param rows of the load test's verdict that are worse than their targets; empty for ordinary tests
 * @param page of the load test: a path relative to the directory of the checklist, with slashes; null if there is none,
 *     as of a load test that was to run again and did not
 * @param allure its place in Allure's page, a link as {@code page}; null if there is none
 * @param at when it ended
 * @param commit that the build was of; null if it is not known
 * @param judged whether it had targets to meet; a load test without any says nothing of whether targets are met
 */
record Evidence(
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
    enum Outcome {
        /** It shows what it is there to show. */
        PASSED("passed"),
        /** Passed, but at a part of its size: what the whole of it would come to is not shown. */
        SCALED_DOWN("passed at a part of its size"),
        /** A load test that passed, but nobody knows in which test, nor whether that one passed. */
        OUTSIDE("passed outside of every test that is known"),
        /** A load test that failed in this build and passed when it was repeated: the second run was warmer. */
        RERUN("missed its target, then kept it in a rerun"),
        /** Skipped or aborted: it shows nothing, neither good nor bad. */
        NOTHING_SHOWN("skipped or aborted"),
        /** A load test that was invalid: it shows nothing either. */
        INVALID("invalid"),
        /** It shows the opposite. */
        FAILED("failed");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** For people. */
        String label() {
            return label;
        }

        /** Whichever is nearer to failure. */
        Outcome orWorse(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** A row of a verdict that did not reach its target; its band may be acceptable. */
    record MissedTarget(String metric, Band band, String actual, String target) {}

    Evidence {
        lines = List.copyOf(lines);
        rows = List.copyOf(rows);
    }

    /** Of an ordinary test, or of a load test that has targets. */
    Evidence(
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
    String name() {
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
    Evidence worsened(Outcome other, String why) {
        return outcome.orWorse(other) == outcome
                ? this
                : new Evidence(test, load, lines, other, why, rows, page, allure, at, commit, judged);
    }

    /**
     * What stands of it after its test was to run again and has not shown it again. A load test that passed before it was
     * disabled, or before its set-up broke, speaks for its line still, but no longer for good.
     *
     * @return empty if the test shows it no longer: it passed without, or is not what shows it
     */
    Optional<Evidence> after(Ending ending) {
        return load == null || ending.outcome() == Outcome.PASSED
                ? Optional.empty()
                : Optional.of(new Evidence(
                        test,
                        load,
                        lines,
                        ending.outcome(),
                        ending.why(),
                        List.of(),
                        null,
                        null,
                        ending.at(),
                        ending.commit(),
                        judged));
    }

    /** The same, if its page is gone. */
    Evidence withoutPage() {
        return new Evidence(test, load, lines, outcome, detail, rows, null, allure, at, commit, judged);
    }

    /** The same with its place in Allure's page. */
    Evidence shownAt(@Nullable String place) {
        return new Evidence(test, load, lines, outcome, detail, rows, page, place, at, commit, judged);
    }
}
