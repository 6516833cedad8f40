package io.stampede.verdict;

import io.stampede.result.LoadResult;
import java.io.Serializable;

/**
 * A run that has ended: what happened, and how it was judged. The verdict is the one that the console and the reports show,
 * comparison with earlier runs included.
 *
 * @param result what happened
 * @param verdict how it was judged
 * @since 0.1
 */
public record FinishedRun(LoadResult result, Verdict verdict) implements Serializable {

    /** {@return whether every row of the verdict is good enough} */
    public boolean passed() {
        return verdict.passed();
    }
}
