package io.stampede.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run ended before its plan did, what the load generator is to blame for, and what it left behind. {@link #stop}
 * may be called by any thread, everything else by the one that runs the load test.
 */
final class EndReasons {

    private final List<String> faults = new ArrayList<>();
    private volatile @Nullable String stopReason;
    private @Nullable String abortedBy;
    private @Nullable String aftermath; // what went wrong because of that
    private @Nullable String abandoned;
    private boolean stoppedInWarmUp;

    /** Somebody wants the run to end; the first one says why. */
    synchronized void stop(String reason) {
        if (stopReason == null) {
            stopReason = reason;
        }
    }

    /** The target is so bad that the run ends: what was seen. The first one counts. */
    void abort(String seen) {
        if (abortedBy == null) {
            abortedBy = seen;
        }
    }

    /** The warm-up is over. */
    void warmedUp() {
        stoppedInWarmUp = stopReason != null;
    }

    boolean isStopped() {
        return stopReason != null;
    }

    /** Whether the run was ended, by whomever. */
    boolean isOver() {
        return stopReason != null || abortedBy != null;
    }

    /** Blames the load generator. */
    void fault(String sentence) {
        faults.add(sentence);
    }

    /** Blames the load generator, but for what follows from a target so bad that the run was ended. */
    void wentWrong(String sentence) {
        if (abortedBy == null) {
            faults.add(sentence);
        } else {
            follows(sentence);
        }
    }

    /** Threads did not end. Their operations have been counted, so that this blames nobody. */
    void abandon(String sentence) {
        if (abortedBy == null) {
            abandoned = sentence;
        } else {
            follows(sentence);
        }
    }

    private void follows(String sentence) {
        aftermath = aftermath == null ? sentence : aftermath + "; " + sentence;
    }

    /** Null if no thread was left. */
    @Nullable
    String abandoned() {
        return abandoned;
    }

    List<String> faults() {
        return faults;
    }

    /** Which rule ended the run, what was seen, and how far it came; null if none did. */
    @Nullable
    String abortedBy(String howFar) {
        return abortedBy == null ? null : abortedBy + ", after " + howFar + (aftermath == null ? "" : "; " + aftermath);
    }

    /** Why not everything was run, and how far it came; null if it was, and if a rule says it. */
    @Nullable
    String endedEarly(String howFar) {
        return stopReason == null || abortedBy != null
                ? null
                : stopReason + (stoppedInWarmUp ? " during the warm-up," : "") + " after " + howFar;
    }
}
