package io.stampede.internal.baseline;

import io.stampede.baseline.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of a history that count alike, together. Which runs a run is compared with, and which of them are kept, both follow
 * from this.
 *
 * @param runs their indices, in order
 */
record Streak(Kind kind, List<Integer> runs) {

    /** What the runs count as. */
    enum Kind {
        /** Part of the level: it did not stand out, or did so alone. */
        LEVEL,
        /** So many in a row stood out to one side that they are a level of their own. */
        NEW_LEVEL,
        /** Stood out, or were refused, and are part of no level. */
        OTHERS,
        /** The last ones, which stand out: what they count as, those that follow will tell. */
        OPEN
    }

    /**
     * All runs, each once; streaks are in the order in which they ended.
     *
     * @param runs as what {@linkplain Retention#role each} counts, oldest first
     * @param leastRuns how many in a row are a new level
     */
    static List<Streak> of(List<Standing> runs, int leastRuns) {
        List<Streak> streaks = new ArrayList<>();
        List<Integer> row = new ArrayList<>(); // in a row, to one side
        for (int i = 0; i < runs.size(); i++) {
            Standing run = runs.get(i);
            if (run == Standing.UNKNOWN || run == Standing.SAME) {
                add(row.size() == 1 ? Kind.LEVEL : Kind.OTHERS, row, streaks);
                row = new ArrayList<>();
                add(Kind.LEVEL, List.of(i), streaks);
                continue;
            }
            if (!row.isEmpty() && (runs.get(row.get(0)) == Standing.FASTER) != (run == Standing.FASTER)) {
                add(Kind.OTHERS, row, streaks);
                row = new ArrayList<>();
            }
            row.add(i);
            List<Integer> next = those(row, runs, false);
            if (next.size() >= leastRuns) {
                add(Kind.OTHERS, those(row, runs, true), streaks);
                add(Kind.NEW_LEVEL, next, streaks);
                row = new ArrayList<>();
            }
        }
        add(Kind.OPEN, row, streaks);
        return streaks;
    }

    private static void add(Kind kind, List<Integer> runs, List<Streak> streaks) {
        if (!runs.isEmpty()) {
            streaks.add(new Streak(kind, runs));
        }
    }

    /** Those of a row that their tests refused, or the rest. */
    static List<Integer> those(List<Integer> row, List<Standing> runs, boolean refused) {
        return row.stream()
                .filter(i -> (runs.get(i) == Standing.REFUSED) == refused)
                .toList();
    }
}
