package io.stampede;

import io.stampede.internal.engine.Gauge;
import io.stampede.internal.run.LoadRun;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.internal.settings.Settings;
import io.stampede.metric.Band;
import io.stampede.operation.Iteration;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.scenario.AbortRule;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.AbortRules;
import io.stampede.targets.Targets;
import io.stampede.targets.TargetsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A load test put together in code. Collects its parts, then runs once in the thread that calls {@link #run}.
 *
 * <pre>{@code
 * LoadResult result = LoadTest.named("checkout")
 *         .workload(Workload.arrivals(perSecond(200), ofSeconds(30)))
 *         .run(it -> it.completesWith(shop.checkout(it.index())));
 * }</pre>
 *
 * @since 0.1
 */
public final class LoadTest {

    private static final List<Band> FAIL_ON = List.of(Band.CRITICAL, Band.ACCEPTABLE);

    private final String name;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Gauge> gauges = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private Targets targets = new Targets(List.of(), "none");
    private Duration timeout = Duration.ofSeconds(60);
    private final List<String> abortWhen = new ArrayList<>();
    private @Nullable Workload warmUp;
    private @Nullable Double maxSlowdown;
    private @Nullable Long seed;
    private Settings settings = Settings.ofProcess();

    private LoadTest(String name) {
        this.name = name;
    }

    /** @param name what reports call it; not blank, unique in a project */
    public static LoadTest named(String name) {
        return new LoadTest(name);
    }

    /** Adds a phase without a name of its own. */
    public LoadTest workload(Workload workload) {
        return phase("phase " + (phases.size() + 1), workload);
    }

    /** Adds a phase; phases run one after the other. */
    public LoadTest phase(String phaseName, Workload workload) {
        phases.add(new Phase(phaseName, workload));
        return this;
    }

    /** What runs before the first phase; it is in no figure, and shown apart. */
    public LoadTest warmUp(Workload workload) {
        this.warmUp = workload;
        return this;
    }

    /**
     * What ends the run early, such as {@code success rate < 90 % for 10s} or {@code queue size > 10000 for 3s}: looked at
     * about ten times a second, over the time that it names. Then {@link LoadResult#abortedBy} says so. Several may be
     * given.
     */
    public LoadTest abortWhen(String rule) {
        abortWhen.add(rule);
        return this;
    }

    /**
     * By how much a run may be significantly slower than those before it with the same plan on the same machine, as a
     * share: 0.1 allows 10 %. Else the verdict in the reports is FAILED. Without it a comparison is shown, and fails
     * nothing.
     *
     * @param share 0.01 to 10
     */
    public LoadTest baseline(double share) {
        this.maxSlowdown = share;
        return this;
    }

    /** What the verdict in the reports compares with; without it there is nothing to miss. */
    public LoadTest targets(Targets table) {
        this.targets = table;
        return this;
    }

    /** After which an operation counts as failed; 60 s unless set. */
    public LoadTest timeout(Duration limit) {
        this.timeout = limit;
        return this;
    }

    /** Of everything random in the run; derived from the name unless set. */
    public LoadTest seed(long value) {
        this.seed = value;
        return this;
    }

    /** A value to sample while the load runs. */
    public LoadTest gauge(String gaugeName, DoubleSupplier value) {
        gauges.add(new Gauge(gaugeName, false, value));
        return this;
    }

    /** Something that the reports say of this run. */
    public LoadTest fact(String key, String value) {
        facts.put(key, value);
        return this;
    }

    /**
     * Where settings come from; unless set, system properties, environment variables and the configuration parameters of
     * the test plan that is running.
     */
    public LoadTest settings(Settings source) {
        this.settings = source;
        return this;
    }

    /**
     * Runs the operation as often as planned, and returns when all have ended.
     *
     * @return what happened; where the calling thread was interrupted, with {@link LoadResult#endedEarly} set
     * @throws IllegalStateException where no workload was given
     * @throws IllegalArgumentException where a setting, or what ends the run early, is not as it must be
     */
    public LoadResult run(Operation operation) {
        if (phases.isEmpty()) {
            throw new IllegalStateException("Load test " + name + " has no workload: call workload(..) before run(..)");
        }
        double scale = settings.positiveDecimal(LoadSettings.SCALE, LoadSettings.MAX_SCALE)
                .orElse(1.0);
        Scenario scenario = new Scenario(
                name,
                new Kind.Custom(),
                phases.stream()
                        .map(phase -> scale == 1 ? phase : phase.scaled(scale))
                        .toList(),
                targets,
                settings.choice(LoadSettings.FAIL_ON, FAIL_ON).orElse(Band.CRITICAL),
                settings.duration(LoadSettings.TIMEOUT, Duration.ofNanos(1), Workload.MAX_DURATION)
                        .orElse(timeout),
                scale,
                settings.whole(LoadSettings.SEED)
                        .or(() -> Optional.ofNullable(seed))
                        .orElse((long) name.hashCode()),
                warmUp == null ? null : new Phase(Iteration.WARM_UP_PHASE, warmUp.scaled(scale)),
                abortWhen.stream().map(this::rule).toList(),
                maxSlowdown);
        return new LoadRun(scenario, operation, gauges, facts, settings, System.out)
                .run()
                .result();
    }

    private AbortRule rule(String text) {
        try {
            return AbortRules.parse(text, gauges.stream().map(Gauge::name).collect(Collectors.toSet()));
        } catch (TargetsException e) {
            throw new IllegalArgumentException(
                    "Load test " + name + ": abortWhen(\"" + text + "\"), but " + e.getMessage(), e);
        }
    }
}
