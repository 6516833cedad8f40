package io.stampede.report.build;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A JVM of a build, or one of several users of these reports in it, such as two class loaders.
 *
 * @param run tells users of one process apart
 * @param classes whose tests it has begun
 */
record Jvm(long pid, long startMillis, String run, Set<String> classes) {

    Jvm {
        classes = Set.copyOf(classes);
    }

    /** A new user in this process. */
    static Jvm here() {
        ProcessHandle own = ProcessHandle.current();
        return new Jvm(own.pid(), start(own), UUID.randomUUID().toString(), Set.of());
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }

    Jvm with(Set<String> more) {
        Set<String> all = new HashSet<>(classes);
        all.addAll(more);
        return new Jvm(pid, startMillis, run, all);
    }

    boolean sameAs(Jvm other) {
        return run.equals(other.run);
    }

    /** Whether another process still runs; numbers of processes are used again, times of their start are not. */
    boolean runsBeside(Jvm own) {
        return pid != own.pid
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> Math.abs(start(process) - startMillis) <= Build.SAME_START_MILLIS)
                        .isPresent();
    }
}
