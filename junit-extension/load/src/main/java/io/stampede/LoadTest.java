package io.stampede;

import io.stampede.internal.engine.GaugeSource;
import io.stampede.internal.report.Failures;
import io.stampede.internal.report.VerdictTable;
import io.stampede.internal.run.LoadRun;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.internal.settings.Settings;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.scenario.AbortRule;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Limit;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import io.stampede.targets.TargetsException;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * A load test put together in code. Collects its parts, then runs once in the thread that calls {@link #run}.
 *
 * <pre>{@code
 * FinishedRun run = LoadTest.named("checkout")
 *         .workload(Workload.arrivals(perSecond(200), ofSeconds(30)))
 *         .targets(Targets.of(Target.of("response time p95", "< 10 ms", "< 20 ms")))
 *         .run(it -> it.completesWith(shop.checkout(it.index())));
 * assertThat(run).meetsTargets();
 * }</pre>
 *
 * @since 0.1
 */
public final class LoadTest {

    private static final List<Band> FAIL_ON = List.of(Band.CRITICAL, Band.ACCEPTABLE);

    private final String name;
    private final List<Phase> phases = new ArrayList<>();
    private final Map<String, GaugeSource> gauges = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> abortWhen = new ArrayList<>();
    private final Map<String, String> own = new LinkedHashMap<>();
    private List<String> breaksWhen = List.of();
    private Kind kind = new Kind.Custom();
    private Targets targets = Targets.NONE;
    private Band failOn = Band.CRITICAL;
    private Duration timeout = Duration.ofSeconds(60);
    private @Nullable Workload warmUp;
    private @Nullable Double maxSlowdown;
    private @Nullable Long seed;
    private Settings settings = Settings.ofProcess();

    private LoadTest(String name) {
        this.name = name;
    }

    /**
     * {@return a load test without a workload yet}
     *
     * @param name what reports call it; not blank, unique in a project
     */
    public static LoadTest named(String name) {
        return new LoadTest(name);
    }

    /**
     * Adds a phase without a name of its own.
     *
     * @param workload what runs
     * @return this
     */
    public LoadTest workload(Workload workload) {
        return phase("phase " + (phases.size() + 1), workload);
    }

    /**
     * Adds a phase; phases run one after the other.
     *
     * @param phaseName what reports call it
     * @param workload what runs
     * @return this
     */
    public LoadTest phase(String phaseName, Workload workload) {
        phases.add(new Phase(phaseName, workload));
        return this;
    }

    /**
     * Makes it a spike with the usual limits: so many operations at once, then a watch until judged gauges are back under
     * their targets.
     *
     * @param concurrent how many operations are due at once
     * @return this
     */
    public LoadTest spike(long concurrent) {
        return spike(concurrent, new Kind.Spike(Duration.ofSeconds(5)));
    }

    /**
     * Makes it a spike with limits of its own.
     *
     * @param concurrent how many operations are due at once
     * @param limits what a spike is judged by beside its targets
     * @return this
     */
    public LoadTest spike(long concurrent, Kind.Spike limits) {
        return only(limits, List.of(new Phase(limits.label(), Workload.burst(concurrent))));
    }

    /**
     * Makes it a stress test: growing bursts until the target breaks, then a search for the breaking point.
     *
     * @param steps the growing steps, and how the search goes on
     * @return this
     * @see #breaksWhen
     */
    public LoadTest stress(Kind.Stress steps) {
        return only(steps, steps.steps());
    }

    private LoadTest only(Kind scenario, List<Phase> load) {
        if (!phases.isEmpty()) {
            throw new IllegalStateException("Load test " + name + " is a " + scenario.label()
                    + ", which brings its own load, but it has a workload already: leave one out");
        }
        kind = scenario;
        phases.addAll(load);
        return this;
    }

    /**
     * What breaks a step of a stress test, such as {@code mean response time > 80 ms}; instead of the usual limits, which
     * {@link Kind.Stress#usualLimits} lists.
     *
     * @param limits a metric and what is bad, each
     * @return this
     */
    public LoadTest breaksWhen(String... limits) {
        this.breaksWhen = List.of(limits);
        return this;
    }

    /**
     * What runs before the first phase; it is in no figure, and shown apart.
     *
     * @param workload what runs
     * @return this
     */
    public LoadTest warmUp(Workload workload) {
        this.warmUp = workload;
        return this;
    }

    /**
     * What ends the run early, such as {@code success rate < 90 % for 10s} or {@code queue size > 10000 for 3s}: looked at
     * about ten times a second, over the time that it names. Then {@link io.stampede.result.LoadResult#abortedBy} says so.
     * Several may be given.
     *
     * @param rule a metric, what is bad, and for how long
     * @return this
     */
    public LoadTest abortWhen(String rule) {
        abortWhen.add(rule);
        return this;
    }

    /**
     * By how much a run may be significantly slower than those before it with the same plan on the same machine, as a
     * share: 0.1 allows 10 %. Otherwise the verdict is FAILED. Without it a comparison is shown, and fails nothing.
     *
     * @param share 0.01 to 10
     * @return this
     */
    public LoadTest baseline(double share) {
        this.maxSlowdown = share;
        return this;
    }

    /**
     * What the verdict judges by; without it there is nothing to miss.
     *
     * @param table such as {@code Targets.markdown("performance-targets.md")}
     * @return this
     */
    public LoadTest targets(Targets table) {
        this.targets = table;
        return this;
    }

    /**
     * The band from which on the verdict is FAILED; {@link Band#CRITICAL} unless set.
     *
     * @param band {@link Band#CRITICAL}, or {@link Band#ACCEPTABLE} to be strict
     * @return this
     */
    public LoadTest failOn(Band band) {
        this.failOn = band;
        return this;
    }

    /**
     * After which an operation counts as failed; 60 s unless set.
     *
     * @param limit more than 0, at most 7 days, from the operation's start
     * @return this
     */
    public LoadTest timeout(Duration limit) {
        this.timeout = limit;
        return this;
    }

    /**
     * Of everything random in the run; derived from the name unless set.
     *
     * @param value any
     * @return this
     */
    public LoadTest seed(long value) {
        this.seed = value;
        return this;
    }

    /**
     * A plain number to read while the load runs.
     *
     * @param gaugeName what targets and reports call it; not the name of a measure, such as {@code throughput}
     * @param value read by one thread at a time; NaN for "nothing yet"
     * @return this
     * @throws IllegalArgumentException if a gauge cannot have that name, or another one has it
     */
    public LoadTest gauge(String gaugeName, DoubleSupplier value) {
        return gauge(gaugeName, Unit.COUNT, value);
    }

    /**
     * A value to read while the load runs.
     *
     * @param gaugeName what targets and reports call it; not the name of a measure, such as {@code throughput}
     * @param unit what the value is in, such as {@link Unit#SHARE} for 0 to 1
     * @param value read by one thread at a time; NaN for "nothing yet"
     * @return this
     * @throws IllegalArgumentException if a gauge cannot have that name, or another one has it
     */
    public LoadTest gauge(String gaugeName, Unit unit, DoubleSupplier value) {
        new GaugeSource(gaugeName, unit, false, value).addTo(gauges);
        return this;
    }

    /**
     * A gauge of work that waits: a stress test waits between its steps until it is back at zero, and so does a warm-up.
     *
     * @param gaugeName what targets and reports call it
     * @param value how much waits; read by one thread at a time
     * @return this
     * @throws IllegalArgumentException if a gauge cannot have that name, or another one has it
     */
    public LoadTest backlog(String gaugeName, DoubleSupplier value) {
        new GaugeSource(gaugeName, Unit.COUNT, true, value).addTo(gauges);
        return this;
    }

    /**
     * Something that the reports say of this run.
     *
     * @param key what it is, such as {@code environment}
     * @param value what is said
     * @return this
     */
    public LoadTest fact(String key, String value) {
        facts.put(key, value);
        return this;
    }

    /**
     * Sets a setting for this run alone. It gives way to the command line and to environment variables.
     *
     * @param key such as {@code stampede.validity}
     * @param value as users would write it
     * @return this
     */
    public LoadTest setting(String key, String value) {
        own.put(key, value);
        return this;
    }

    /** Where settings come from instead of this process. */
    LoadTest settings(Settings source) {
        this.settings = source;
        return this;
    }

    /**
     * Runs the operation as often as planned, and returns when all have ended. The verdict is what the console and the
     * reports say. It does not throw if the verdict is FAILED: {@code assertThat(run).meetsTargets()} does.
     *
     * @param operation what is run; called by many threads at once
     * @return what happened, and what it is worth
     * @throws InvalidRunException if the run cannot be judged, because the load generator was at fault or the run was stopped:
     *     JUnit then shows the test as aborted. The exception has the run
     * @throws AssertionError if the run cannot be judged, and {@code stampede.validity} is {@code fail}
     * @throws IllegalStateException if no workload was given
     * @throws IllegalArgumentException if a setting, a target, or what ends or breaks the run, is not as it must be
     */
    public FinishedRun run(Operation operation) {
        if (phases.isEmpty()) {
            throw new IllegalStateException("Load test " + name + " has no workload: call workload(..) before run(..)");
        }
        Settings all = settings.orElse(own);
        FinishedRun run =
                new LoadRun(scenario(all), operation, List.copyOf(gauges.values()), facts, all, System.out).run();
        if (run.verdict().outcome() == Verdict.Outcome.INVALID) {
            String why = VerdictTable.renderWorstFirst(run.result(), run.verdict());
            if (run.result().generator().limits().mode() == Validity.Mode.FAIL) {
                throw Failures.because(new AssertionFailedError("INVALID: " + why), run.result());
            }
            throw Failures.because(new InvalidRunException(why, run), run.result());
        }
        return run;
    }

    private Scenario scenario(Settings all) {
        double scale =
                all.positiveDecimal(LoadSettings.SCALE, LoadSettings.MAX_SCALE).orElse(1.0);
        Map<String, Unit> units = new LinkedHashMap<>();
        gauges.values().forEach(gauge -> units.put(gauge.name(), gauge.unit()));
        Targets table = resolved(units);
        Kind judged = kind.search()
                .<Kind>map(stress -> stress.breakingWhen(limits(table, units)))
                .orElse(kind);
        Kind scaled = judged.search().<Kind>map(stress -> stress.scaled(scale)).orElse(judged);
        List<Phase> load = scaled.search()
                .map(Kind.Stress::steps)
                .orElseGet(() -> phases.stream()
                        .map(phase -> scale == 1 ? phase : phase.scaled(scale))
                        .toList());
        return new Scenario(
                name,
                scaled,
                load,
                table,
                all.choice(LoadSettings.FAIL_ON, FAIL_ON).orElse(failOn),
                all.duration(LoadSettings.TIMEOUT, Duration.ofNanos(1), Workload.MAX_DURATION)
                        .orElse(timeout),
                scale,
                all.whole(LoadSettings.SEED).or(() -> Optional.ofNullable(seed)).orElse((long) name.hashCode()),
                warmUp == null ? null : new Phase(Iteration.WARM_UP_PHASE, warmUp.scaled(scale)),
                abortWhen.stream()
                        .map(text -> read("abortWhen", text, rule -> AbortRule.parse(rule, units)))
                        .toList(),
                maxSlowdown);
    }

    private Targets resolved(Map<String, Unit> units) {
        try {
            return targets.forGauges(units);
        } catch (TargetsException e) {
            throw new IllegalArgumentException("Load test " + name + ": " + e.getMessage(), e);
        }
    }

    private List<Limit> limits(Targets table, Map<String, Unit> units) {
        return breaksWhen.isEmpty()
                ? Kind.Stress.usualLimits(table, units)
                : breaksWhen.stream()
                        .map(text -> read("breaksWhen", text, limit -> Limit.ofStep(limit, units)))
                        .toList();
    }

    private <T> T read(String what, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Load test " + name + ": " + what + "(\"" + text + "\"), but " + e.getMessage(), e);
        }
    }
}
