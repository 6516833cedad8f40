package io.stampede.report.readiness;

import io.stampede.report.readiness.Evidence.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a test ended, or why it did not begin, whether or not it showed something.
 *
 * @param why the reason if it did not pass
 * @param commit that the build was of; null if it is not known
 */
record Ending(
        Outcome outcome, String why, Instant at, @Nullable String commit) {

    /** Of several invocations of one test, the worst counts. */
    Ending orWorse(Ending other) {
        return other.outcome.compareTo(outcome) > 0 ? other : this;
    }
}
