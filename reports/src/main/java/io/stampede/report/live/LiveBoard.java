package io.stampede.report.live;

import io.stampede.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows: runs, and whether there will be more. Each change has a version, so that a page asks for what is
 * newer than what it has. May be used by all threads; the lock is held for moments only, so that a run never waits for
 * a page.
 */
final class LiveBoard {

    /** Runs in the list; older ones go. */
    static final int MAX_RUNS = 50;

    /** Runs that keep their points. */
    static final int MAX_RUNS_WITH_POINTS = 10;

    /** No other JVM's board has it, so that a page knows when another one answers at the same port. */
    private final String id = UUID.randomUUID().toString();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<LiveRun> runs = new ArrayList<>();
    private int ids;
    private long version;
    private long endVersion;
    private boolean ended;
    private @Nullable Path report;

    /**
     * What is newer than a version.
     *
     * @param board which one says so
     * @param oldest the first run that is still listed
     * @param ended whether there will be nothing more
     * @param report of all runs; null if there is none
     */
    record View(
            String board,
            long version,
            int oldest,
            boolean ended,
            @Nullable Path report,
            List<LiveRun.View> runs) {}

    LiveRun begin(Scenario scenario, Map<String, String> facts) {
        lock.lock();
        try {
            LiveRun run = new LiveRun(this, ++ids, scenario, facts);
            runs.add(run);
            if (runs.size() > MAX_RUNS) {
                runs.remove(0);
            }
            if (runs.size() > MAX_RUNS_WITH_POINTS) {
                runs.get(runs.size() - MAX_RUNS_WITH_POINTS - 1).forgetPoints();
            }
            ended = false;
            touch(run);
            return run;
        } finally {
            lock.unlock();
        }
    }

    void change(LiveRun run, Runnable change) {
        lock.lock();
        try {
            touch(run);
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void touch(LiveRun run) {
        run.changed(++version);
        changed.signalAll();
    }

    /** All runs are over. */
    void end(@Nullable Path allRuns) {
        lock.lock();
        try {
            for (LiveRun run : runs) {
                if (!run.isOver()) {
                    touch(run);
                    run.lose();
                }
            }
            ended = true;
            report = allRuns;
            endVersion = ++version;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something newer, or for so long. A version that is not reached yet is another board's: who
     * has it gets all there is, at once.
     */
    View await(long asked, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            boolean ours = asked <= version;
            long since = ours ? asked : 0;
            long left = limit.toNanos();
            while (ours && version <= since && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<LiveRun.View> views = runs.stream()
                    .filter(run -> run.version() > since)
                    .map(run -> run.view(since))
                    .toList();
            return new View(id, version, runs.isEmpty() ? 0 : runs.get(0).id(), ended, report, views);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody who has that version knows that all is over. */
    boolean knowsTheEnd(long seen) {
        lock.lock();
        try {
            return ended && seen >= endVersion;
        } finally {
            lock.unlock();
        }
    }

    Optional<Path> report(int id) {
        lock.lock();
        try {
            return runs.stream()
                    .filter(run -> run.id() == id)
                    .flatMap(run -> Optional.ofNullable(run.report()).stream())
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** The last run of that scenario; empty if it is forgotten. */
    Optional<LiveRun> run(Scenario scenario) {
        lock.lock();
        try {
            return runs.stream().filter(run -> run.isOf(scenario)).reduce((first, second) -> second);
        } finally {
            lock.unlock();
        }
    }
}
