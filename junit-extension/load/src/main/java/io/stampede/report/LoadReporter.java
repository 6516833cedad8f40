package io.stampede.report;

import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;

/**
 * Takes results as runs end. Implementations are found by {@link java.util.ServiceLoader} and need a public constructor
 * without parameters. An exception from one is printed and neither stops the others nor fails the test.
 *
 * @since 0.1
 */
public interface LoadReporter {

    /**
     * A run has ended and was judged. Called once per run, in the thread of its test, before the test passes or fails.
     */
    void finished(LoadResult result, Verdict verdict);
}
