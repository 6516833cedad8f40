package io.stampede.internal.schedule;

import io.stampede.scenario.Workload;

/** A burst at each tick. */
final class WavesSchedule extends Schedule {

    private final Workload.Waves waves;
    private final long everyNanos;
    private int tick;

    WavesSchedule(Workload.Waves waves) {
        super(waves.operations());
        this.waves = waves;
        this.everyNanos = waves.every().toNanos();
    }

    @Override
    long dueNanos(long index) {
        while (index >= waves.before(tick + 1)) {
            tick++;
        }
        return tick * everyNanos;
    }

    @Override
    public long dueBefore(long nanos) {
        long ticks = nanos <= 0 ? 0 : 1 + (nanos - 1) / everyNanos;
        return waves.before((int) Math.min(waves.ticks(), ticks));
    }

    @Override
    public int segments() {
        return waves.ticks();
    }

    @Override
    public int segment(long index) {
        // Smallest tick after which more than index operations are due.
        int low = 0;
        int high = waves.ticks() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (waves.before(middle + 1) > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
