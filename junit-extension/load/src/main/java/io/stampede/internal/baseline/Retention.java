package io.stampede.internal.baseline;

import io.stampede.baseline.Standing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which runs of a history are still of use. Only runs that can be a baseline count towards the number that is kept:
 * else runs that were refused would push it out, and a build that is repeated often enough would pass. Pure; may be used
 * by all threads.
 *
 * @since 0.1
 */
public final class Retention {

    /**
     * How many stay, for whoever reads the history, of the runs that can be no baseline: those that were refused, and
     * those that stood out and were not followed by enough others that stood out to the same side.
     */
    public static final int OTHERS = 5;

    private Retention() {}

    /** As what a run counts: where the user said that it starts a new level, it did not stand out, whatever it was. */
    public static Standing role(StoredRun run) {
        return run.newLevel() ? Standing.UNKNOWN : run.standing();
    }

    /**
     * The runs that stay: the last {@code keep} that can be a baseline, those that stood out last and may become one, and
     * the last {@value #OTHERS} of the others. Runs that are a new level together stay and go together, so at most
     * {@code keep + 13} stay. What a comparison makes of them is what it would have made of all.
     *
     * @param runs as what {@linkplain #role each} counts, of one scenario and fingerprint, oldest first
     * @param keep at least {@value Comparer#LEAST_RUNS}
     * @return their indices
     */
    public static BitSet staying(List<Standing> runs, int keep) {
        BitSet level = new BitSet();
        BitSet staying = new BitSet();
        int[] weights = new int[runs.size()]; // at the first of those that stay and go together, how many they are
        List<List<Integer>> others = new ArrayList<>();
        for (Streak streak : Streak.of(runs, Comparer.LEAST_RUNS)) {
            switch (streak.kind()) {
                case LEVEL, NEW_LEVEL -> {
                    streak.runs().forEach(level::set);
                    weights[streak.runs().get(0)] = streak.runs().size();
                }
                case OTHERS -> others.add(streak.runs());
                case OPEN -> {
                    Streak.those(streak.runs(), runs, false).forEach(staying::set);
                    others.add(Streak.those(streak.runs(), runs, true));
                }
            }
        }
        // None older than the oldest of the level, or what that one kept apart would look as if in a row.
        int first = runs.size();
        for (int kept = 0; first > 0 && kept < keep; ) {
            first--;
            kept += weights[first];
        }
        for (int i = level.nextSetBit(first); i >= 0; i = level.nextSetBit(i + 1)) {
            staying.set(i);
        }
        addOthers(others, first, staying);
        return staying;
    }

    private static void addOthers(List<List<Integer>> others, int first, BitSet staying) {
        int room = OTHERS;
        for (int i = others.size() - 1; i >= 0; i--) {
            List<Integer> row = others.get(i);
            int count = Math.min(room, row.size());
            if (count < row.size()) {
                room = count; // none that is older, or it would look as if what lay between had not been
            }
            if (count == 1 && row.size() > 1) {
                return; // by itself it would look as if it had stood out alone
            }
            row.subList(row.size() - count, row.size()).stream()
                    .filter(run -> run >= first)
                    .forEach(staying::set);
            room -= count;
        }
    }
}
