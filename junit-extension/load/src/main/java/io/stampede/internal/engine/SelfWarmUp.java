package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the engine's own code, once per JVM, with an operation that does nothing: loading and compiling it is not the
 * target's time. Without this the first burst of a JVM started its operations up to 50 ms late.
 */
final class SelfWarmUp {

    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final int OPERATIONS = 200;
    private static final int ROUNDS = 20;

    private final Scenario scenario;
    private final EngineSettings settings;

    SelfWarmUp(Scenario scenario, EngineSettings settings) {
        this.scenario = scenario;
        this.settings = settings;
    }

    /** Does nothing from the second time on. An interruption of the calling thread ends it, and stays. */
    void run(Executor executor, int shards) {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
        Phase burst = new Phase(Iteration.WARM_UP_PHASE, Workload.burst(OPERATIONS));
        Phase paced = new Phase(Iteration.WARM_UP_PHASE, Workload.paced(OPERATIONS, Duration.ofNanos(100_000)));
        PhaseRun.Setup setup = new PhaseRun.Setup(iteration -> {}, scenario, settings, executor);
        try {
            for (int round = 0; round < ROUNDS && !Thread.currentThread().isInterrupted(); round++) {
                Recorder recorder = new Recorder(shards);
                PhaseRun run = setup.run(round % 4 == 0 ? paced : burst, recorder, 0, System.nanoTime());
                run.begin();
                if (!run.await(Duration.ofSeconds(1))) {
                    run.stop();
                }
                recorder.live();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run itself will see it and say so
        }
    }
}
