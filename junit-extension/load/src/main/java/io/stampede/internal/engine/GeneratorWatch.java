package io.stampede.internal.engine;

import io.stampede.internal.recorder.HiccupRecorder;
import io.stampede.result.Distribution;
import io.stampede.result.GeneratorHealth;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches the load generator while phases run: a thread of its own wakes every few milliseconds and notes by how much it
 * was late. May be used by all threads.
 */
final class GeneratorWatch implements AutoCloseable {

    static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Processor time comes in ticks of 10 ms, so that less than this says nothing. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Validity limits;
    private final ProcessStats vitals;
    private final Thread thread;
    private final HiccupRecorder hiccups = new HiccupRecorder(EVERY_NANOS);
    private final List<Pauses> pauses = new ArrayList<>();
    private volatile boolean closed;

    // Of the phase under way.
    private boolean within;
    private long enteredNanos;
    private long dueNanos; // of the thread's next wake-up
    private long plannedNanos;
    private LongSupplier started = () -> 0;
    private long lastStarted;
    private long lastStartNanos;
    private long cpuNanos;
    private long sampledNanos;

    // Of all phases.
    private long watchedNanos;
    private long allPlannedNanos;
    private long allStartingNanos;
    private double availableCpuNanos;
    private double usedCpuNanos;
    private double machineNanos;
    private double machineBusyNanos;

    GeneratorWatch(Validity limits) {
        this(limits, ProcessStats.ofThisProcess());
    }

    GeneratorWatch(Validity limits, ProcessStats vitals) {
        this.limits = limits;
        this.vitals = vitals;
        this.thread = new Thread(null, this::loop, "stampede-watch", 0, false);
        thread.setDaemon(true);
        vitals.collectors().forEach(collector -> pauses.add(new Pauses(collector)));
    }

    /** Starts the thread, unless nothing is to be watched. */
    void start() {
        if (limits.mode() != Validity.Mode.OFF) {
            thread.start();
        }
    }

    private void loop() {
        long due = woke(System.nanoTime());
        while (!closed) {
            for (long left = due - System.nanoTime(); left > 0 && !closed; left = due - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
            due = woke(System.nanoTime());
        }
    }

    /**
     * The thread wanted to wake, and did so now.
     *
     * @return when it wants to wake next
     */
    synchronized long woke(long nowNanos) {
        if (within && !closed) {
            hiccup(nowNanos);
            look(nowNanos);
            if (nowNanos - sampledNanos >= LEAST_NANOS) {
                sampleMachine(nowNanos);
            }
        }
        dueNanos = nowNanos + EVERY_NANOS;
        return dueNanos;
    }

    /** A phase has begun. */
    void enter(Workload workload, LongSupplier startedSoFar) {
        enter(System.nanoTime(), workload, startedSoFar);
    }

    synchronized void enter(long nowNanos, Workload workload, LongSupplier startedSoFar) {
        if (limits.mode() == Validity.Mode.OFF) {
            return;
        }
        within = true;
        enteredNanos = nowNanos;
        plannedNanos = workload.closed() ? 0 : workload.duration().toNanos();
        started = startedSoFar;
        lastStarted = 0;
        lastStartNanos = nowNanos;
        cpuNanos = vitals.processCpuNanos();
        vitals.machineCpu(); // the next one is of the time from here on
        sampledNanos = nowNanos;
        pauses.forEach(Pauses::enter);
    }

    /** The phase that was begun last has ended; does nothing where none was. */
    void leave() {
        leave(System.nanoTime());
    }

    synchronized void leave(long nowNanos) {
        if (!within) {
            return;
        }
        if (nowNanos > dueNanos) {
            hiccup(nowNanos); // the thread has been wanting to wake, and has not got to it
        }
        look(nowNanos);
        sampleMachine(nowNanos);
        within = false;
        long took = nowNanos - enteredNanos;
        watchedNanos += took;
        if (plannedNanos > 0) {
            allPlannedNanos += plannedNanos;
            allStartingNanos += Math.max(plannedNanos, lastStartNanos - enteredNanos);
        }
        long cpu = vitals.processCpuNanos();
        if (cpu >= 0 && cpuNanos >= 0) {
            usedCpuNanos += cpu - cpuNanos;
            availableCpuNanos += (double) took * vitals.processors();
        }
        pauses.forEach(Pauses::leave);
    }

    // What was late before the phase began is not the phase's.
    private void hiccup(long nowNanos) {
        hiccups.record(Math.max(0, nowNanos - Math.max(dueNanos, enteredNanos)));
    }

    private void look(long nowNanos) {
        pauses.forEach(Pauses::look);
        long count = started.getAsLong();
        if (count > lastStarted) {
            lastStarted = count;
            lastStartNanos = nowNanos;
        }
    }

    private void sampleMachine(long nowNanos) {
        double share = vitals.machineCpu();
        if (share >= 0) {
            machineNanos += nowNanos - sampledNanos;
            machineBusyNanos += share * (nowNanos - sampledNanos);
        }
        sampledNanos = nowNanos;
    }

    /** What was seen in all phases that have ended. */
    synchronized GeneratorHealth health() {
        if (watchedNanos == 0) {
            return GeneratorHealth.unknown(limits);
        }
        GeneratorHealth.Collections collections = new GeneratorHealth.Collections(
                pauses.stream().mapToLong(pause -> pause.collections).sum(),
                Duration.ofMillis(pauses.stream()
                        .mapToLong(pause -> pause.collectingMillis)
                        .sum()),
                Duration.ofMillis(pauses.stream()
                        .mapToLong(pause -> pause.longestMillis)
                        .max()
                        .orElse(0)));
        return new GeneratorHealth(
                limits,
                Duration.ofNanos(watchedNanos),
                new GeneratorHealth.Starts(Duration.ofNanos(allPlannedNanos), Duration.ofNanos(allStartingNanos)),
                Distribution.EMPTY,
                hiccups.distribution(),
                collections,
                new GeneratorHealth.Cpu(share(usedCpuNanos, availableCpuNanos), share(machineBusyNanos, machineNanos)),
                List.of());
    }

    private double share(double used, double available) {
        return watchedNanos < LEAST_NANOS || available == 0 ? Double.NaN : Math.min(1, used / available);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those of one collector, while phases ran. */
    private static final class Pauses {
        private final ProcessStats.Collector collector;
        private long seen;
        private long enteredMillis;
        private long collections;
        private long collectingMillis;
        private long longestMillis;

        Pauses(ProcessStats.Collector collector) {
            this.collector = collector;
        }

        void enter() {
            seen = collector.collections();
            enteredMillis = collector.collectingMillis();
        }

        /** Keeps the last pause, before the next one takes its place: the watch wakes after every pause. */
        void look() {
            long count = collector.collections();
            if (count > seen) {
                collections += count - seen;
                seen = count;
                longestMillis = Math.max(longestMillis, collector.lastMillis());
            }
        }

        void leave() {
            look();
            collectingMillis += collector.collectingMillis() - enteredMillis;
        }
    }
}
