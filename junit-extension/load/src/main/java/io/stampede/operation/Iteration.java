package io.stampede.operation;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One run of the operation. Valid until the operation ends; used by the thread that runs it.
 *
 * @since 0.1
 */
public interface Iteration {

    /**
     * The index of the first operation of a warm-up: 2<sup>50</sup>, above those of every run. So the operations of a run
     * have the same indices, and the same random numbers, with and without a warm-up before it.
     */
    long WARM_UP_INDEX = 1L << 50;

    /** What {@link #phase} says in a warm-up. */
    String WARM_UP_PHASE = "warm-up";

    /**
     * Which operation of the run this is, from 0; those of a warm-up count from {@link #WARM_UP_INDEX}. No two of a run
     * have the same, whatever the phase. Users of a closed workload take turns with the numbers, so that some are left
     * out where one is slower than others.
     *
     * @return the index
     */
    long index();

    /** {@return the name of the phase, step or tick; {@code warm-up} before the first} */
    String phase();

    /** {@return random numbers that are the same for this index whenever the scenario's seed is} */
    RandomGenerator random();

    /**
     * The operation goes on after the method has returned, and ends when the stage does: well, or with its exception.
     * Where the method throws, that counts and the stage does not.
     *
     * @param stage with whose end the operation ends
     * @throws IllegalStateException where it was called before for this operation
     */
    void completesWith(CompletionStage<?> stage);

    /**
     * As {@link #completesWith(CompletionStage)}: the operation ends when the publisher completes, or fails with its
     * error. It is subscribed to after the method has returned, and asked for everything; what it publishes is dropped.
     *
     * @param publisher with whose end the operation ends
     * @throws IllegalStateException where the operation has an end to wait for already
     */
    void completesWith(Flow.Publisher<?> publisher);

    /**
     * Which user of a closed workload runs this operation, from 0.
     *
     * @return the user's number
     * @throws IllegalStateException in an open workload, which has no users
     */
    int user();

    /**
     * What this user of a closed workload keeps from one operation to the next, such as a session. Used by that user's
     * operations alone, one after the other; closed with the phase where it is {@link AutoCloseable}.
     *
     * @param <T> what is kept
     * @param create makes it, in the user's first operation that asks for it
     * @return what was made then
     * @throws IllegalStateException in an open workload, which has no users
     */
    <T> T state(Supplier<? extends T> create);
}
