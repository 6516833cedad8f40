package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.operation.Iteration;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One operation from its start to its end, which happens exactly once, whoever brings it about. */
final class Flight implements Iteration, Recorder.Claim {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Flight.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The operation's thread is in its method. */
    private static final int RUNNING = 0;

    /** The method has returned, its stage goes on. */
    private static final int STAGED = 1;

    private static final int ENDED = 2;

    private final long seed;
    private final long index;
    private final String phase;
    private final @Nullable User user;
    final int segment;
    final long dueNanos;
    final long startNanos;

    @SuppressWarnings("UnusedVariable") // read and written through STATE
    private volatile int state; // RUNNING is the default: no volatile write for each operation

    private volatile @Nullable CompletionStage<?> stage;
    private Flow.@Nullable Publisher<?> publisher;
    private @Nullable RandomGenerator random;

    /** Set after the thread of a flight that was ended from outside has been interrupted. */
    volatile boolean interrupted;

    Flight(long seed, long index, String phase, @Nullable User user, int segment, long dueNanos, long startNanos) {
        this.seed = seed;
        this.index = index;
        this.phase = phase;
        this.user = user;
        this.segment = segment;
        this.dueNanos = dueNanos;
        this.startNanos = startNanos;
    }

    /** Hands it from its thread to its stage; false where it was ended from outside before. */
    boolean stageIt() {
        return STATE.compareAndSet(this, RUNNING, STAGED);
    }

    /**
     * Ends it from its own thread; false where it was ended from outside before. Called where {@link #abandon} cannot be
     * called at the same time, so that each operation is spared an atomic instruction.
     */
    @Override
    public boolean take() {
        if ((int) STATE.getOpaque(this) != RUNNING) {
            return false;
        }
        STATE.setRelease(this, ENDED);
        return true;
    }

    /** Ends it while its method runs, from another thread; false where its own thread was quicker. */
    boolean abandon() {
        return STATE.compareAndSet(this, RUNNING, ENDED);
    }

    /** Ends it after its method has returned; false where somebody else was quicker. */
    boolean land() {
        return STATE.compareAndSet(this, STAGED, ENDED);
    }

    boolean isEnded() {
        return state == ENDED;
    }

    @Nullable
    User owner() {
        return user;
    }

    /** What the operation ends with; null where it ends with its method. A publisher is subscribed to here. */
    @Nullable
    CompletionStage<?> stage() {
        if (publisher != null) {
            Drain drain = new Drain();
            stage = drain;
            publisher.subscribe(drain);
        }
        return stage;
    }

    /** Whether the operation goes on when its method has returned. */
    boolean goesOn() {
        return stage != null || publisher != null;
    }

    /** Tells a publisher that nobody listens any more. */
    void abandonStage() {
        if (stage instanceof Drain drain) {
            drain.cancel(false);
        }
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public String phase() {
        return phase;
    }

    @Override
    public RandomGenerator random() {
        if (random == null) {
            // Mixed by SplittableRandom itself; the odd constant keeps neighbouring indices apart.
            random = new SplittableRandom(seed + index * 0x9E3779B97F4A7C15L);
        }
        return random;
    }

    @Override
    public void completesWith(CompletionStage<?> end) {
        if (end == null) {
            throw new IllegalArgumentException("stage must not be null, in operation " + index);
        }
        requireNoEnd();
        this.stage = end;
    }

    @Override
    public void completesWith(Flow.Publisher<?> end) {
        if (end == null) {
            throw new IllegalArgumentException("publisher must not be null, in operation " + index);
        }
        requireNoEnd();
        this.publisher = end;
    }

    private void requireNoEnd() {
        if (goesOn()) {
            throw new IllegalStateException("completesWith was called twice in operation " + index);
        }
    }

    @Override
    public int user() {
        return requireUser().number();
    }

    @Override
    public <T> T state(Supplier<? extends T> create) {
        return requireUser().state(create);
    }

    private User requireUser() {
        if (user == null) {
            throw new IllegalStateException("Phase " + phase + " has no users, its workload is an open one: take"
                    + " Workload.users(..) or @UsersTest");
        }
        return user;
    }
}
