package io.stampede.report;

import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.util.Map;

/**
 * Hears of runs. Implementations are found by {@link java.util.ServiceLoader} and need a public constructor without
 * parameters; each run makes one instance of each, which hears all of that run, in the thread of its test. An exception
 * from one is printed and neither stops the others nor the run nor fails the test.
 *
 * @since 0.1
 */
public interface LoadReporter {

    /**
     * A run begins, before its warm-up.
     *
     * @param scenario what is run
     * @param facts what the result will say of its surroundings
     */
    default void started(Scenario scenario, Map<String, String> facts) {}

    /**
     * How far the run is, about twice a second, and when its load has ended. Must return quickly: the calling thread is
     * the one that watches the run, and no rule can end the run early and no timeout strikes meanwhile. One that threw is not
     * called again, but for {@link #finished}.
     *
     * @param snapshot what was measured so far
     */
    default void progress(Snapshot snapshot) {}

    /**
     * A run has ended and was judged. Called once per run, before the test passes or fails; never where the load
     * generator itself broke down, so that there is no result.
     *
     * @param result what was measured
     * @param verdict what the result was judged to be
     */
    void finished(LoadResult result, Verdict verdict);
}
