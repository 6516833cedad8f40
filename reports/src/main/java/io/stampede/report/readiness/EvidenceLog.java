package io.stampede.report.readiness;

import io.stampede.internal.format.Numbers;
import io.stampede.metric.Band;
import io.stampede.report.readiness.Evidence.MissedTarget;
import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.text.Text;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of a test plan show of readiness, until it is written down. May be used by all threads. */
public final class EvidenceLog {

    /** Of one load test there are few; this bounds what a test that loops could add. */
    private static final int MAX_LOADS = 2000;

    private final List<Evidence> evidence = new ArrayList<>();
    private final Map<String, Ending> ended = new HashMap<>(); // as many as the plan has test methods
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final @Nullable String commit;

    public EvidenceLog(@Nullable String commit) {
        this.commit = commit;
    }

    /** A test that is under way, told from another invocation of the same by its identity. */
    public static final class Running {

        private final Thread thread = Thread.currentThread();
        private final @Nullable String test;

        private Running(@Nullable String test) {
            this.test = test;
        }
    }

    /**
     * The calling thread begins a test: the load tests that it ends until {@link #left} are part of it.
     *
     * @param id no other that is under way has it
     * @param test as {@code package.Outer$Inner#method}; null if it is not a method
     */
    synchronized void entered(String id, @Nullable String test) {
        running.put(id, new Running(test));
    }

    synchronized void left(String id) {
        running.remove(id);
    }

    /**
     * The test that the calling thread is in, or the only one that is under way: a load test may be in a thread that JUnit
     * or the user has made for its test. Threads inherit nothing here, since those of a pool outlive the test that they
     * were made in. Null if it cannot be told.
     */
    public synchronized @Nullable Running running() {
        Running own = own();
        return own == null && running.size() == 1 ? running.values().iterator().next() : own;
    }

    private @Nullable Running own() {
        Running own = null;
        for (Running one : running.values()) {
            if (one.thread == Thread.currentThread()) {
                own = one; // a later one is within those before it
            }
        }
        return own;
    }

    /**
     * The test that a load test, which ends now in the calling thread, is part of; null if that cannot be told.
     *
     * @param begunIn what {@link #running} was when it began: one that outlives its test is not part of the next
     */
    public synchronized @Nullable String test(@Nullable Running begunIn) {
        Running own = own();
        if (own != null) {
            return own.test;
        }
        return begunIn != null && running() == begunIn ? begunIn.test : null;
    }

    /**
     * @param test that it is part of; null if that is not known: what that test says of it is not known either, so that
     *     passing shows nothing
     * @param page its summary, as a link from where the checklist is
     */
    public synchronized void add(LoadResult result, Verdict verdict, @Nullable String test, String page) {
        if (evidence.size() >= MAX_LOADS) {
            return;
        }
        Outcome outcome = switch (verdict.outcome()) {
            case PASSED ->
                verdict.row(Subject.Rule.RERUN).isPresent()
                        ? Outcome.RERUN
                        : result.scenario().scale() < 1 ? Outcome.SCALED_DOWN : Outcome.PASSED;
            case FAILED -> Outcome.FAILED;
            case INVALID -> Outcome.INVALID;
        };
        evidence.add(new Evidence(
                test == null ? "" : test,
                Text.line(result.scenario().name(), 200),
                List.of(result.scenario().kind().label()),
                test == null ? outcome.orWorse(Outcome.OUTSIDE) : outcome,
                detail(result, verdict),
                missed(verdict),
                page,
                null,
                Instant.now(),
                commit,
                !verdict.rows().isEmpty()));
    }

    private static String detail(LoadResult result, Verdict verdict) {
        List<String> parts = new ArrayList<>();
        if (result.scenario().scale() != 1) {
            parts.add("at " + Numbers.scale(result.scenario().scale()) + " of its size");
        }
        String environment = result.facts().get("environment");
        if (environment != null) {
            parts.add("on " + environment);
        }
        if (!verdict.passed() && !verdict.reasons().isEmpty()) {
            parts.add(verdict.reasons().get(0));
        }
        return Text.line(String.join(", ", parts), 300);
    }

    // Those of an invalid run say nothing of the target.
    private static List<MissedTarget> missed(Verdict verdict) {
        if (verdict.outcome() == Verdict.Outcome.INVALID) {
            return List.of();
        }
        return verdict.rows().stream()
                .filter(row -> row.band() != Band.TARGET)
                .limit(50)
                .map(row -> new MissedTarget(
                        Text.line(row.label(), 100),
                        row.band(),
                        Text.line(row.actual(), 100),
                        Text.line(row.target(), 100)))
                .toList();
    }

    /**
     * A test, or one invocation of many, ended or was skipped.
     *
     * @param lines what it is annotated with; none if it says nothing of readiness
     * @param why the reason if it did not pass
     */
    synchronized void ended(String test, List<String> lines, Outcome outcome, String why) {
        ended.merge(test, new Ending(outcome, why, Instant.now(), commit), Ending::orWorse);
        // What a test asserts of its load tests' results counts as they do.
        evidence.replaceAll(one -> one.load() != null && one.test().equals(test) && outcome == Outcome.FAILED
                ? one.worsened(Outcome.FAILED, why)
                : one);
        if (lines.isEmpty()) {
            return;
        }
        // And what it says at a part of its size is said of that part.
        Outcome shown = outcome == Outcome.PASSED && evidence.stream().anyMatch(one -> scaledDown(one, test))
                ? Outcome.SCALED_DOWN
                : outcome;
        for (int i = 0; i < evidence.size(); i++) {
            Evidence one = evidence.get(i);
            if (one.load() == null && one.test().equals(test)) {
                evidence.set(i, one.worsened(shown, why));
                return;
            }
        }
        evidence.add(new Evidence(test, null, lines, shown, why, List.of(), null, null, Instant.now(), commit));
    }

    /**
     * A load test failed. If it gave no result, since it is not configured rightly or its set-up broke, that is evidence
     * too: otherwise its line could be green by other tests alone.
     *
     * @param kinds whose lines it speaks for
     */
    synchronized void brokeDown(String test, List<String> kinds, String why) {
        boolean told = evidence.stream()
                .anyMatch(one -> one.load() != null && one.test().equals(test));
        if (!told && evidence.size() < MAX_LOADS) {
            String name = test.substring(test.lastIndexOf('.', test.indexOf('#')) + 1)
                    .replace('$', '.')
                    .replace('#', '.');
            evidence.add(
                    new Evidence(test, name, kinds, Outcome.FAILED, why, List.of(), null, null, Instant.now(), commit));
        }
    }

    private static boolean scaledDown(Evidence one, String test) {
        return one.load() != null && one.test().equals(test) && one.outcome() == Outcome.SCALED_DOWN;
    }

    /** Forgets what was shown since the last time. */
    public synchronized void clear() {
        evidence.clear();
        ended.clear();
    }

    /** All that was shown since the last time. */
    synchronized PlanEvidence drain() {
        PlanEvidence drained = new PlanEvidence(evidence, ended);
        clear();
        return drained;
    }
}
