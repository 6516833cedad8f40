package io.stampede.internal.recorder;

import io.stampede.result.Distribution;

/** Folded samples of a phase, step or tick; times since the run began, zero where nothing ended. */
public record Segment(
        long succeeded,
        long failed,
        long firstDueNanos,
        long lastEndNanos,
        Distribution response,
        Distribution service) {}
