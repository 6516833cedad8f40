package io.stampede.result;

import java.io.Serializable;
import java.util.Locale;

/**
 * Where a stress test ended. A size that was run several times holds or breaks as most of its runs did.
 *
 * @param capacity operations of the largest step that held, with none below it that broke; 0 if there is none
 * @param broke operations of the smallest step that broke; 0 if none did
 * @param reason what broke, or {@code not reached up to 2,000}
 * @param low the interval's lower end: the largest step up to the capacity that broke in none of its runs; 0 if
 *     there is none
 * @param high the interval's upper end: the smallest step from {@code broke} on that held in none of its runs; 0 if
 *     there is none, so that the interval is open
 * @param capacityRuns how the runs of the step at {@code capacity} went
 * @param brokeRuns how the runs of the step at {@code broke} went
 * @param generatorLimited whether operations broke the step at {@code broke} because they started late, so that the load
 *     generator was the limit, and the target holds at least the capacity
 * @since 0.1
 */
public record BreakingPoint(
        long capacity,
        long broke,
        String reason,
        long low,
        long high,
        Runs capacityRuns,
        Runs brokeRuns,
        boolean generatorLimited)
        implements Serializable {

    /**
     * How often steps of one size held and broke.
     *
     * @param held how many runs held
     * @param broke how many runs broke
     * @since 0.1
     */
    public record Runs(int held, int broke) implements Serializable {

        /** A size that was not run. */
        public static final Runs NONE = new Runs(0, 0);

        /** {@return how often a step of this size ran} */
        public int all() {
            return held + broke;
        }
    }

    /**
     * The end of a search without repeated steps.
     *
     * @param capacity operations of the largest step that held; 0 if there is none
     * @param broke operations of the smallest step that broke; 0 if none did
     * @param reason what broke, or {@code not reached up to 2,000}
     */
    public BreakingPoint(long capacity, long broke, String reason) {
        this(
                capacity,
                broke,
                reason,
                capacity,
                broke,
                capacity > 0 ? new Runs(1, 0) : Runs.NONE,
                broke > 0 ? new Runs(0, 1) : Runs.NONE,
                false);
    }

    /** {@return whether a step broke} */
    public boolean reached() {
        return broke > 0;
    }

    /** {@return whether runs of the same size differed at the border, so that the interval is wider than the search left it} */
    public boolean noisy() {
        return low != capacity || high != broke;
    }

    /** {@return text such as {@code 1,100 held in 3 of 3 runs, 1,150 broke in 2 of 3 runs}; empty if nothing ran} */
    public String border() {
        String good = capacityRuns.all() == 0 ? "" : runs(capacity, "held", capacityRuns.held(), capacityRuns.all());
        String bad = brokeRuns.all() == 0 ? "" : runs(broke, "broke", brokeRuns.broke(), brokeRuns.all());
        return good + (good.isEmpty() || bad.isEmpty() ? "" : ", ") + bad;
    }

    private static String runs(long size, String what, int times, int all) {
        return all == 1
                ? String.format(Locale.ROOT, "%,d %s", size, what)
                : String.format(Locale.ROOT, "%,d %s in %d of %d runs", size, what, times, all);
    }

    /** {@return text such as {@code 1,100 to 1,150}} */
    public String interval() {
        return high > 0
                ? String.format(Locale.ROOT, "%,d to %,d", low, high)
                : String.format(Locale.ROOT, "%,d or more", low);
    }
}
