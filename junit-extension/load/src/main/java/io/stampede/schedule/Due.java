package io.stampede.schedule;

import io.stampede.scenario.Workload;

/** How many operations of a workload are due by a time, in one step: nobody walks through a schedule for it. */
public final class Due {

    private Due() {}

    /**
     * Operations due since the phase began, in expectation where arrivals are random; NaN in a closed model.
     *
     * @param nanos since the phase began; below 0 nothing is due
     */
    public static double by(Workload workload, long nanos) {
        if (workload.closed()) {
            return Double.NaN;
        }
        if (nanos < 0) {
            return 0;
        }
        if (workload instanceof Workload.Paced paced) {
            return Math.min(paced.total(), nanos / paced.every().toNanos() + 1);
        }
        if (workload instanceof Workload.Arrivals arrivals) {
            return Math.min((double) arrivals.operations(), arrivals.rate().perSecond() * nanos / 1e9);
        }
        if (workload instanceof Workload.Ramp ramp) {
            double seconds = nanos / 1e9;
            double whole = ramp.duration().toNanos() / 1e9;
            if (seconds >= whole) {
                return ramp.operations();
            }
            double from = ramp.from().perSecond();
            double slope = (ramp.to().perSecond() - from) / whole;
            return Math.min((double) ramp.operations(), from * seconds + slope * seconds * seconds / 2);
        }
        if (workload instanceof Workload.Waves waves) {
            long tick = Math.min(waves.ticks() - 1, nanos / waves.every().toNanos());
            return waves.before((int) tick + 1);
        }
        return workload.operations(); // a burst
    }
}
