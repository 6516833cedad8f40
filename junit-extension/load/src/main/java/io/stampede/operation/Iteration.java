package io.stampede.operation;

import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * One run of the operation. Valid until the operation ends; used by the thread that runs it.
 *
 * @since 0.1
 */
public interface Iteration {

    /** Which operation of the run this is, from 0. No two of a run have the same, whatever the phase. */
    long index();

    /** The name of the phase, step or tick. */
    String phase();

    /** Random numbers that are the same for this index whenever the scenario's seed is. */
    RandomGenerator random();

    /**
     * The operation goes on after the method has returned, and ends when the stage does: well, or with its exception.
     * Where the method throws, that counts and the stage does not.
     *
     * @throws IllegalStateException where it was called before for this operation
     */
    void completesWith(CompletionStage<?> stage);
}
