package io.stampede.internal.engine;

import io.stampede.internal.recorder.Recorder;
import java.time.Duration;

/**
 * The run, or the warm-up before it.
 *
 * @param operations how many are planned; 0 if the target decides
 * @param plan how long it takes by itself
 * @param watch what may end it early
 */
record Course(
        Recorder recorder, GaugeSampler sampler, long originNanos, long operations, Duration plan, AbortWatch watch) {}
