package io.stampede.baseline;

import io.stampede.baseline.StoredRun.Standing;
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
        int[] weights = new int[runs.size()]; // at the first of those that stay and go together, how many they are
        List<Integer> standOut = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) { // as Level goes through them
            Standing run = runs.get(i);
            if (run == Standing.REFUSED) {
                continue;
            }
            if (run == Standing.FASTER || run == Standing.SLOWER) {
                if (!standOut.isEmpty() && runs.get(standOut.get(0)) != run) {
                    standOut.clear();
                }
                standOut.add(i);
                if (standOut.size() < Comparer.LEAST_RUNS) {
                    continue;
                }
                standOut.forEach(level::set);
                weights[standOut.get(0)] = standOut.size();
            } else {
                level.set(i);
                weights[i] = 1;
            }
            standOut.clear();
        }
        BitSet staying = new BitSet();
        standOut.forEach(staying::set);
        // None older than the oldest of the level, or what that one kept apart would look as if in a row.
        int first = runs.size();
        for (int kept = 0; first > 0 && kept < keep; ) {
            first--;
            kept += weights[first];
        }
        int others = 0;
        for (int i = runs.size() - 1; i >= first; i--) {
            if (level.get(i)) {
                staying.set(i);
            } else if (!staying.get(i) && others < OTHERS) {
                staying.set(i);
                others++;
            }
        }
        return staying;
    }
}
