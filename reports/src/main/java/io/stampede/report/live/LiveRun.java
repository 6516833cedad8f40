package io.stampede.report.live;

import io.stampede.internal.format.Numbers;
import io.stampede.report.text.DisplayUnit;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run on the page. May be used by all threads; each call returns at once.
 */
final class LiveRun {

    /** Gauges that get a chart; a page of more would be a slow one. */
    static final int MAX_GAUGES = 12;

    private static final int MAX_PHASES = 40;
    private static final int MAX_FACTS = 20;
    private static final int MAX_TEXT = 300;

    private final LiveBoard board;
    private final int id;
    private final Scenario scenario;
    private final Map<String, String> facts = new LinkedHashMap<>();

    // What follows is guarded by the board.
    private final LiveSeries series = new LiveSeries();
    private final List<Mark> phases = new ArrayList<>();
    private List<String> gauges = List.of();
    private int moreGauges;
    private long version;
    private @Nullable Snapshot last;
    private @Nullable LivePoint newest;
    private double warmUpSeconds;
    private boolean lost;
    private @Nullable Outcome outcome;
    private @Nullable Path report;

    LiveRun(LiveBoard board, int id, Scenario scenario, Map<String, String> facts) {
        this.board = board;
        this.id = id;
        this.scenario = scenario;
        facts.entrySet().stream()
                .limit(MAX_FACTS)
                .forEach(fact -> this.facts.put(cut(fact.getKey()), cut(fact.getValue())));
        if (scenario.scale() != 1) {
            this.facts.put("scale", Numbers.scale(scenario.scale()));
        }
        this.facts.put("seed", Long.toString(scenario.seed()));
    }

    /** When a phase began, on the run's time axis. */
    record Mark(String name, double seconds) {}

    /** How the run ended. */
    record Outcome(
            String verdict,
            String reason,
            long planned,
            long succeeded,
            long failed,
            double elapsedSeconds,
            double throughput,
            double successPercent,
            Quantiles responseTime) {}

    /**
     * The run at one instant, and its points since another.
     *
     * @param newest of the last snapshot alone, however long the stretches of the points are; null before the first
     */
    record View(
            int id,
            String name,
            String plan,
            Map<String, String> facts,
            double warmUpSeconds,
            @Nullable Snapshot last,
            boolean lost,
            List<String> gauges,
            int moreGauges,
            List<Mark> phases,
            @Nullable Outcome outcome,
            @Nullable Path report,
            @Nullable LivePoint newest,
            LiveSeries.Part points) {}

    /** How far the run is. */
    void progress(Snapshot snapshot) {
        Quantiles times = Quantiles.of(snapshot.news().responseTime());
        board.change(this, () -> add(snapshot, times));
    }

    private void add(Snapshot snapshot, Quantiles times) {
        Snapshot before = last;
        boolean warming = snapshot.stage() == Snapshot.Stage.WARM_UP;
        boolean anew = before == null || (before.stage() == Snapshot.Stage.WARM_UP) != warming;
        if (gauges.isEmpty() || anew) {
            gauges = snapshot.gauges().keySet().stream().limit(MAX_GAUGES).toList();
            moreGauges = snapshot.gauges().size() - gauges.size();
        }
        double seconds = snapshot.elapsed().toNanos() / 1e9;
        double begin = anew || before == null ? 0 : before.elapsed().toNanos() / 1e9;
        if (warming) {
            warmUpSeconds = seconds;
        } else if (!snapshot.phase().isEmpty()
                && phases.size() < MAX_PHASES
                && (phases.isEmpty() || !phases.get(phases.size() - 1).name().equals(cut(snapshot.phase())))) {
            phases.add(new Mark(cut(snapshot.phase()), begin));
        }
        List<Double> values = gauges.stream()
                .map(gauge -> inUnit(snapshot.gauges().get(gauge)))
                .toList();
        LivePoint point = new LivePoint(
                version,
                snapshot.stage(),
                seconds,
                Math.max(1e-9, seconds - begin),
                // NaN if either is: what was asked for in a part of it is not known.
                snapshot.due() - (anew || before == null ? 0 : before.due()),
                snapshot.ended() - (anew || before == null ? 0 : before.ended()),
                snapshot.progress().failed()
                        - (anew || before == null ? 0 : before.progress().failed()),
                times,
                values);
        series.add(point);
        newest = point;
        last = snapshot;
    }

    private static double inUnit(Snapshot.@Nullable Reading reading) {
        return reading == null ? Double.NaN : DisplayUnit.of(reading.unit()).inUnit(reading.value());
    }

    /** The run has ended and was judged. */
    void finished(LoadResult result, Verdict verdict) {
        Outcome end = new Outcome(
                verdict.outcome().name(),
                verdict.reasons().stream().findFirst().map(LiveRun::cut).orElse(""),
                scenario.planFixesOperations() ? result.planned() : 0,
                result.succeeded(),
                result.failed(),
                result.elapsed().toNanos() / 1e9,
                result.throughput(),
                result.successRate(),
                Quantiles.of(result.responseTime()));
        board.change(this, () -> {
            outcome = end;
            series.close(version);
        });
    }

    /** Where the run's own report is: an HTML file. May come before {@link #finished} and after. */
    void reported(Path file) {
        board.change(this, () -> report = file.toAbsolutePath());
    }

    /** Whether it is a run of that scenario. */
    boolean isOf(Scenario other) {
        return scenario.equals(other);
    }

    // What follows is called with the board's lock held.

    void changed(long newVersion) {
        version = newVersion;
    }

    long version() {
        return version;
    }

    int id() {
        return id;
    }

    boolean isOver() {
        return outcome != null || lost;
    }

    void lose() {
        lost = true;
        series.close(version);
    }

    void forgetPoints() {
        series.clear();
    }

    @Nullable
    Path report() {
        return report;
    }

    View view(long since) {
        return new View(
                id,
                cut(scenario.name()),
                cut(scenario.describe()),
                facts,
                warmUpSeconds,
                last,
                lost,
                gauges,
                moreGauges,
                List.copyOf(phases),
                outcome,
                report,
                newest,
                series.since(since));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
