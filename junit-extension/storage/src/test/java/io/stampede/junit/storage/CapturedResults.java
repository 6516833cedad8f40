package io.stampede.junit.storage;

import io.stampede.report.LoadReporter;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the results of load tests for the tests to look at. */
public final class CapturedResults implements LoadReporter {
    static final Queue<LoadResult> RESULTS = new ConcurrentLinkedQueue<>();

    @Override
    public void finished(LoadResult result, Verdict verdict) {
        RESULTS.add(result);
    }
}
