package io.stampede.assertj;

import io.stampede.result.LoadResult;

/**
 * Where assertions on results begin: {@code assertThat(result).responseTime().percentile(99).isLessThan(ofMillis(50))}.
 *
 * @since 0.1
 */
public final class LoadAssertions {

    private LoadAssertions() {}

    /**
     * Begins assertions on a result.
     *
     * @param result of a run
     * @return assertions on it
     */
    public static LoadResultAssert assertThat(LoadResult result) {
        return new LoadResultAssert(result);
    }
}
