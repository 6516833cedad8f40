package io.stampede.internal.baseline;

import io.stampede.baseline.Standing;
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
        int leftOut = 0;
        Instant since = null;
        Standing change = Standing.SAME;
        for (Streak streak : Streak.of(earlier.stream().map(Retention::role).toList(), leastRuns)) {
            List<StoredRun> runs = streak.runs().stream().map(earlier::get).toList();
            StoredRun first = runs.get(0);
            switch (streak.kind()) {
                case OTHERS, OPEN -> leftOut += runs.size();
                case LEVEL, NEW_LEVEL -> {
                    if (first.newLevel() || streak.kind() == Streak.Kind.NEW_LEVEL) {
                        level.clear();
                        leftOut = 0;
                        since = first.startedAt();
                        change = Retention.role(first);
                    }
                    level.addAll(runs);
                }
            }
        }
        boolean old = level.size() >= mostRuns;
        List<StoredRun> last = level.subList(Math.max(0, level.size() - mostRuns), level.size());
        return new Level(List.copyOf(last), leftOut, old ? null : since, change);
    }
}
