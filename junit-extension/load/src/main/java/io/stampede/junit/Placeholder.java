package io.stampede.junit;

import io.stampede.operation.Iteration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Takes the place of the iteration that each operation gets of its own. */
final class Placeholder implements Iteration {

    @Override
    public long index() {
        throw outside();
    }

    @Override
    public String phase() {
        throw outside();
    }

    @Override
    public RandomGenerator random() {
        throw outside();
    }

    @Override
    public void completesWith(CompletionStage<?> stage) {
        throw outside();
    }

    @Override
    public void completesWith(Flow.Publisher<?> publisher) {
        throw outside();
    }

    @Override
    public int user() {
        throw outside();
    }

    @Override
    public <T> T state(Supplier<? extends T> create) {
        throw outside();
    }

    private static OutsideException outside() {
        return new OutsideException();
    }

    /** Somebody called the method who is not the load. */
    static final class OutsideException extends IllegalStateException {
        private static final long serialVersionUID = 1L;
        private static final int MAX_CAUSES = 20; // they may go round in a circle

        private OutsideException() {
            super("An Iteration is valid only within the operation of a load test");
        }

        /** The same, if reflection or the user's own code has wrapped it. */
        static Optional<OutsideException> within(Throwable failure) {
            Throwable at = failure;
            for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
                if (at instanceof OutsideException outside) {
                    return Optional.of(outside);
                }
                at = at.getCause();
            }
            return Optional.empty();
        }
    }
}
