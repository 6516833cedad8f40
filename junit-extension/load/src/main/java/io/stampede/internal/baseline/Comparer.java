package io.stampede.internal.baseline;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.Change;
import io.stampede.baseline.Comparison.Decision;
import io.stampede.baseline.Comparison.Point;
import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a run with those before it. Pure; may be used by all threads. See docs/adr/0015-baselines.md for the method
 * and what it finds.
 *
 * @since 0.1
 */
public final class Comparer {

    /** This share of unchanged runs are called slower, where their levels are normally distributed. */
    public static final double ERROR_RATE = 0.02;

    /** Changes by a smaller share are too small to matter. */
    public static final double FLOOR = 0.05;

    /** Earlier runs that it takes. */
    public static final int LEAST_RUNS = 5;

    /** Earlier runs that are looked at, the last ones. */
    public static final int MOST_RUNS = 20;

    /** Times that differ by less are the same to whoever waits: 0.05 ms. */
    static final double FLOOR_NANOS = 50_000;

    private static final double CONFIDENCE = 0.95;
    private static final double MISSED = 0.1;
    private static final double ROUNDING = 1e-9;
    private static final double MOST_FAILED = 0.05;
    private static final int MOST_POINTS = 30;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private final StoredRun now;
    private final List<StoredRun> earlier;
    private final @Nullable Fingerprint latestOther;
    private final double floor;
    private final double resolution;
    private final Level level;

    private Comparer(
            StoredRun now,
            List<StoredRun> earlier,
            @Nullable Fingerprint latestOther,
            double floor,
            double resolution) {
        this.now = now;
        this.earlier = earlier;
        this.latestOther = latestOther;
        this.floor = floor;
        this.resolution = resolution;
        this.level =
                Level.of(earlier.stream().filter(run -> whyNot(run) == null).toList(), LEAST_RUNS, MOST_RUNS);
    }

    /** As {@link #compare(StoredRun, List, Fingerprint, Double, double)}, for all but stress tests. */
    public static Comparison compare(
            StoredRun now, List<StoredRun> earlier, @Nullable Fingerprint latestOther, @Nullable Double maxSlowdown) {
        return compare(now, earlier, latestOther, maxSlowdown, 0);
    }

    /**
     * @param earlier with the same fingerprint, oldest first; runs of other fingerprints are left out
     * @param latestOther of the scenario's latest run that has another fingerprint; null where there is none
     * @param maxSlowdown what the test allows, as a share; null where it says nothing of it
     * @param resolution how far apart the capacities are, at most, of which a stress test can find one and not what is
     *     between, as a share of the higher one; 0 for other tests
     */
    public static Comparison compare(
            StoredRun now,
            List<StoredRun> earlier,
            @Nullable Fingerprint latestOther,
            @Nullable Double maxSlowdown,
            double resolution) {
        double floor = maxSlowdown == null ? FLOOR : Math.min(FLOOR, maxSlowdown);
        List<StoredRun> comparable = earlier.stream()
                .filter(run -> run.fingerprint().equals(now.fingerprint()))
                .toList();
        return new Comparer(now, comparable, latestOther, floor, resolution).comparison();
    }

    private Comparison comparison() {
        String whyNot = whyNot(now);
        if (whyNot != null) {
            return comparison(State.NOT_COMPARABLE, "Not compared with earlier runs: " + whyNot + ".", List.of());
        }
        if (now.newLevel()) {
            return comparison(
                    State.NOT_ENOUGH_RUNS,
                    "This run starts a new level (stampede.history.accept): it is not compared with those before.",
                    List.of());
        }
        List<Change> changes = level.runs().size() < LEAST_RUNS ? List.of() : changes();
        if (changes.isEmpty()) {
            return comparison(State.NOT_ENOUGH_RUNS, notEnough(), List.of());
        }
        State state = state(changes);
        return comparison(state, statement(state, changes), changes);
    }

    private Comparison comparison(State state, String statement, List<Change> changes) {
        return new Comparison(
                state,
                statement,
                changes,
                level.runs().size(),
                LEAST_RUNS,
                ERROR_RATE,
                floor,
                history(),
                state == State.NOT_COMPARABLE ? List.of() : notes(changes));
    }

    /** Why a run's figures say nothing; null where they do. */
    private @Nullable String whyNot(StoredRun run) {
        long ended = run.outcomes().ended();
        if (run.outcomes().failed() > MOST_FAILED * ended) {
            return String.format(
                    Locale.ROOT,
                    "%s %% of its operations failed, and the times are those of the others",
                    Times.number(100.0 * run.outcomes().failed() / ended));
        }
        if (!run.figures().isEmpty()) {
            return null;
        }
        return resolution > 0
                ? "no step held, so there is no capacity"
                : Numbers.operations(run.outcomes().succeeded())
                        + (run.outcomes().succeeded() == 1 ? " is too few" : " are too few");
    }

    private List<Change> changes() {
        List<Measure> measures = new ArrayList<>();
        List<ChangeEstimate> tests = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            List<StoredRun> before = level.runs().stream()
                    .filter(run -> run.figures().containsKey(measure))
                    .toList();
            if (now.figures().containsKey(measure) && before.size() >= LEAST_RUNS) {
                measures.add(measure);
                tests.add(ChangeEstimate.of(
                        Math.log(figure(now, measure)),
                        Noise.of(now.slices(), measure),
                        before.stream()
                                .mapToDouble(run -> Math.log(figure(run, measure)))
                                .toArray(),
                        before.stream()
                                .mapToDouble(run -> Noise.of(run.slices(), measure))
                                .toArray()));
            }
        }
        double[] worse = new double[tests.size()];
        double[] better = new double[tests.size()];
        for (int i = 0; i < worse.length; i++) {
            boolean time = measures.get(i).metric().lowerIsBetter();
            worse[i] = time ? tests.get(i).chanceHigher() : tests.get(i).chanceLower();
            better[i] = time ? tests.get(i).chanceLower() : tests.get(i).chanceHigher();
        }
        boolean[] slower = Hochberg.significant(worse, ERROR_RATE);
        boolean[] faster = Hochberg.significant(better, ERROR_RATE);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < worse.length; i++) {
            changes.add(change(
                    measures.get(i),
                    tests.get(i),
                    Math.min(worse[i], better[i]),
                    ERROR_RATE / worse.length,
                    slower[i] ? Decision.SLOWER : faster[i] ? Decision.FASTER : Decision.NO_CHANGE));
        }
        return changes;
    }

    private Change change(Measure measure, ChangeEstimate test, double chance, double errorRate, Decision significant) {
        double value = figure(now, measure);
        double before = value / Math.exp(test.change());
        double margin = test.margin(CONFIDENCE);
        double change = Math.exp(test.change()) - 1;
        double least = least(measure, before);
        return new Change(
                measure,
                value,
                before,
                change,
                Math.exp(test.change() - margin) - 1,
                Math.exp(test.change() + margin) - 1,
                chance,
                detectable(measure, test, errorRate, least),
                test.runs(),
                test.leftOut(),
                Math.abs(value - before) < least * before && significant != Decision.NO_CHANGE
                        ? Decision.TOO_SMALL
                        : significant);
    }

    /** The share from which on a change of the figure matters. */
    private double least(Measure measure, double before) {
        if (measure.metric().lowerIsBetter()) {
            return Math.max(floor, FLOOR_NANOS / before);
        }
        if (measure != Measure.CAPACITY) {
            return floor;
        }
        // Capacities that a search ends with are steps apart: runs that all end with the same one may be near the next.
        double step = Math.max(resolution / (1 - resolution), 1 / before);
        return Math.max(floor, step + ROUNDING);
    }

    /** The change to the worse that is found in all but {@value #MISSED} of the runs, whatever the other figures do. */
    private static double detectable(Measure measure, ChangeEstimate test, double errorRate, double least) {
        double matters = measure.metric().lowerIsBetter() ? Math.log1p(least) : -Math.log1p(-Math.min(least, 1));
        double found = Math.max(test.quantile(errorRate), matters) + test.quantile(MISSED);
        return measure.metric().lowerIsBetter() ? Math.expm1(found) : -Math.expm1(-found);
    }

    private static double figure(StoredRun run, Measure measure) {
        Double value = run.figures().get(measure);
        return value == null ? Double.NaN : value;
    }

    private static State state(List<Change> changes) {
        if (any(changes, Decision.SLOWER)) {
            return State.SLOWER;
        }
        return any(changes, Decision.FASTER) ? State.FASTER : State.NO_CHANGE;
    }

    private static boolean any(List<Change> changes, Decision decision) {
        return changes.stream().anyMatch(change -> change.decision() == decision);
    }

    private String statement(State state, List<Change> changes) {
        String runs = "Against the last " + level.runs().size() + " runs: ";
        if (state == State.NO_CHANGE) {
            Change shown = changes.stream()
                    .filter(change -> change.measure() == Measure.P95)
                    .findFirst()
                    .orElse(changes.get(0));
            return String.format(
                    Locale.ROOT,
                    "%sno change that counts (%s; %s of %s %% is found in nine runs of ten).",
                    runs,
                    phrase(shown),
                    shown.measure().metric().lowerIsBetter() ? "a rise" : "a loss",
                    Times.number(100 * shown.detectable()));
        }
        Decision decision = state == State.SLOWER ? Decision.SLOWER : Decision.FASTER;
        String moved = changes.stream()
                .filter(change -> change.decision() == decision)
                .map(Comparer::phrase)
                .collect(Collectors.joining(", "));
        return runs + moved + ": " + state.label() + ", error rate " + Times.number(100 * ERROR_RATE) + " %.";
    }

    /** {@code response time p95 +23 % (1.2 ms -> 1.48 ms)}. */
    private static String phrase(Change change) {
        return change.measure().label() + " " + Numbers.change(change.change()) + " ("
                + change.measure().format(change.before()) + " -> "
                + change.measure().format(change.now()) + ")";
    }

    private String notEnough() {
        int runs = level.runs().size();
        String have = runs == 0
                ? "No earlier run to compare with"
                : "Not enough runs yet: " + runs + " of the " + LEAST_RUNS + " that a comparison takes";
        if (runs >= LEAST_RUNS) {
            return "Not enough runs yet that have the figures of this one.";
        }
        List<String> differences = latestOther == null || !earlier.isEmpty()
                ? List.of()
                : now.fingerprint().differences(latestOther);
        return have
                + (differences.isEmpty()
                        ? "."
                        : ". The run before differs: "
                                + differences.stream().limit(3).collect(Collectors.joining("; "))
                                + (differences.size() > 3 ? "; and " + (differences.size() - 3) + " more" : "") + ".");
    }

    private List<String> notes(List<Change> changes) {
        List<String> notes = new ArrayList<>();
        if (level.since() != null) {
            String day = DAY.format(level.since().atOffset(ZoneOffset.UTC));
            notes.add(
                    level.change() == Standing.UNKNOWN
                            ? "Runs before " + day + " are not compared: a new level was accepted then."
                            : "Runs have been " + (level.change() == Standing.SLOWER ? "slower" : "faster") + " since "
                                    + day + ", and " + LEAST_RUNS
                                    + " in a row are the new level: those before are compared no more.");
        }
        if (level.leftOut() > 0) {
            notes.add("Left out: " + level.leftOut() + (level.leftOut() == 1 ? " run" : " runs")
                    + " that stood out when they were compared themselves.");
        }
        int outliers = changes.stream().mapToInt(Change::leftOut).max().orElse(0);
        if (outliers > 0) {
            notes.add("Up to " + outliers + " of the runs were outliers in a figure, and do not count in it.");
        }
        return notes;
    }

    private List<Point> history() {
        List<Point> points = new ArrayList<>();
        for (StoredRun run : earlier.subList(Math.max(0, earlier.size() - MOST_POINTS + 1), earlier.size())) {
            points.add(point(run, run.standing(), level.runs().contains(run)));
        }
        points.add(point(now, Standing.UNKNOWN, false));
        return points;
    }

    private static Point point(StoredRun run, Standing standing, boolean baseline) {
        return new Point(run.startedAt(), run.notes().get("commit"), run.figures(), standing, baseline);
    }
}
