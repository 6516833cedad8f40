package io.stampede.benchmarks;

/**
 * One run.
 *
 * @param seconds from the first operation to the end of the last
 * @param cpuSeconds what all threads of the process computed meanwhile
 */
record Measured(long operations, double seconds, double cpuSeconds) {

    double perSecond() {
        return operations / seconds;
    }

    double cpuNanosPerOperation() {
        return cpuSeconds * 1e9 / operations;
    }
}
