package io.stampede.assertj;

import io.stampede.result.LoadResult;
import io.stampede.verdict.FinishedRun;

/**
 * Where assertions on results begin: {@code assertThat(result).responseTime().percentile(99).isLessThan(ofMillis(50))}.
 *
 * @since 0.1
 */
public final class LoadAssertions {

    private LoadAssertions() {}

    /**
     * {@return assertions on a run that {@code LoadTest.run} has returned}; its verdict is the one that the console showed
     *
     * @param run what happened, and what it is worth
     */
    public static LoadResultAssert assertThat(FinishedRun run) {
        return new LoadResultAssert(run.result(), run.verdict());
    }

    /**
     * {@return assertions on a result}; it is judged by its targets, and not compared with earlier runs
     *
     * @param result what happened
     */
    public static LoadResultAssert assertThat(LoadResult result) {
        return new LoadResultAssert(result, null);
    }
}
