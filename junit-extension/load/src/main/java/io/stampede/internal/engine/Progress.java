package io.stampede.internal.engine;

import io.stampede.result.Snapshot;

/** Hears how far a run is. Called by the thread that runs the load test, about twice a second. */
@FunctionalInterface
public interface Progress {

    void show(Snapshot snapshot);
}
