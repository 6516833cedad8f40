package io.stampede.baseline;

import io.stampede.baseline.StoredRun.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the earlier runs a run is compared with. Those that stood out are not among them, else a slowdown would hide
 * itself; where so many in a row stood out to the same side that they are a baseline themselves, they become it. Those
 * that failed their test for it never do: repeating a build must not make it pass.
 *
 * <p>One that stood out alone, and was followed by one that did not, counts again: it was chance, and a baseline without
 * its own extremes would make ever more of them.
 *
 * @param runs oldest first
 * @param leftOut how many were left out because they stood out
 * @param since when the level changed; null where it did not
 * @param change what it changed to: {@code FASTER}, {@code SLOWER}, or {@code UNKNOWN} where the user said so
 */
record Level(List<StoredRun> runs, int leftOut, @Nullable Instant since, Standing change) {

    /** @param earlier all with the same fingerprint, oldest first */
    static Level of(List<StoredRun> earlier, int leastRuns, int mostRuns) {
        List<StoredRun> level = new ArrayList<>();
        List<StoredRun> standOut = new ArrayList<>(); // in a row, to one side
        int leftOut = 0;
        Instant since = null;
        Standing change = Standing.SAME;
        for (StoredRun run : earlier) {
            if (run.newLevel()) {
                level.clear();
                standOut.clear();
                leftOut = 0;
                since = run.startedAt();
                change = Standing.UNKNOWN;
                level.add(run);
                continue;
            }
            if (!standsOut(run)) {
                if (standOut.size() == 1) {
                    level.addAll(standOut);
                    leftOut--;
                }
                standOut.clear();
                level.add(run);
                continue;
            }
            if (!standOut.isEmpty() && isFaster(standOut.get(0)) != isFaster(run)) {
                standOut.clear();
            }
            leftOut++;
            standOut.add(run);
            List<StoredRun> next = standOut.stream()
                    .filter(one -> one.standing() != Standing.REFUSED)
                    .toList();
            if (next.size() >= leastRuns) {
                level.clear();
                level.addAll(next);
                since = next.get(0).startedAt();
                change = next.get(0).standing();
                standOut.clear();
                leftOut = 0;
            }
        }
        boolean old = level.size() >= mostRuns;
        List<StoredRun> last = level.subList(Math.max(0, level.size() - mostRuns), level.size());
        return new Level(List.copyOf(last), leftOut, old ? null : since, change);
    }

    private static boolean standsOut(StoredRun run) {
        return run.standing() != Standing.UNKNOWN && run.standing() != Standing.SAME;
    }

    private static boolean isFaster(StoredRun run) {
        return run.standing() == Standing.FASTER;
    }
}
