package io.stampede.internal.run;

import io.stampede.internal.engine.Engine;
import io.stampede.internal.engine.EngineSettings;
import io.stampede.internal.engine.GaugeSource;
import io.stampede.internal.engine.Progress;
import io.stampede.internal.engine.Threads;
import io.stampede.internal.format.Numbers;
import io.stampede.internal.lock.MachineLock;
import io.stampede.internal.plan.Plan;
import io.stampede.internal.report.VerdictTable;
import io.stampede.internal.settings.LaunchParameters;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.internal.settings.SettingCatalog;
import io.stampede.internal.settings.Settings;
import io.stampede.internal.settings.UnknownSettings;
import io.stampede.internal.verdict.Judge;
import io.stampede.internal.verdict.StressLimits;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Limit;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Validity;
import io.stampede.scenario.Workload;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The line from a scenario to its reports. */
public final class LoadRun {

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private static final Duration LEAST_PROGRESS_EVERY = Duration.ofMillis(100);

    private final Scenario scenario;
    private final Operation operation;
    private final List<GaugeSource> gauges;
    private final Map<String, String> facts;
    private final PrintStream out;
    private final EngineSettings engineSettings;
    private final ProgressMode mode;
    private final Duration printEvery;
    private final RunHistory history;
    private final LockSettings lock;
    private @Nullable String test;

    /** @throws IllegalArgumentException if a setting is wrong */
    public LoadRun(
            Scenario scenario,
            Operation operation,
            List<GaugeSource> gauges,
            Map<String, String> facts,
            Settings settings,
            PrintStream out) {
        this.scenario = scenario;
        this.operation = operation;
        this.gauges = gauges;
        this.facts = facts;
        this.out = out;
        this.engineSettings = engineSettings(settings);
        requireThreadsForUsers(scenario, engineSettings.maxConcurrency());
        this.mode = settings.choice(LoadSettings.PROGRESS, ProgressMode.class).orElse(ProgressMode.AUTO);
        this.printEvery = settings.duration(LoadSettings.PROGRESS_EVERY, LEAST_PROGRESS_EVERY, Workload.MAX_DURATION)
                .orElse(Duration.ofSeconds(5));
        ServiceLoader.load(SettingCatalog.class).forEach(catalog -> catalog.check(settings));
        this.history = new RunHistory(settings, out, System.getenv());
        this.lock = LockSettings.of(settings);
    }

    /**
     * Names the class that declares the test: runs of tests of one name in others are not compared with this one.
     *
     * @param formerly names under which runs of this test may be kept, beside that of the scenario
     */
    public LoadRun declaredBy(String testClass, List<String> formerly) {
        history.declaredBy(testClass, formerly);
        test = testClass + " " + scenario.name();
        return this;
    }

    private static void requireThreadsForUsers(Scenario scenario, int maxConcurrency) {
        List<Phase> phases = new ArrayList<>(scenario.phases());
        Phase warmUp = scenario.warmUp();
        if (warmUp != null) {
            phases.add(warmUp);
        }
        for (Phase phase : phases) {
            if (phase.workload() instanceof Workload.Users users && users.users() > maxConcurrency) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "users = %,d in phase %s, but it must be at most stampede.concurrency.max, which is %,d. Raise it,"
                                + " or take fewer users.",
                        users.users(),
                        phase.name(),
                        maxConcurrency));
            }
        }
    }

    /**
     * Waits for load tests of other JVMs, then runs, judges, prints and reports. An interruption of the calling thread ends
     * the run; what there is is judged and reported all the same, and the thread is interrupted again afterwards.
     */
    public FinishedRun run() {
        try (MachineLock.Held held = lock.acquire(scenario.name(), out)) {
            Map<String, String> all = new LinkedHashMap<>(facts);
            held.fact().ifPresent(fact -> all.put(MachineLock.FACT, fact));
            return run(all);
        }
    }

    private FinishedRun run(Map<String, String> facts) {
        if (WARNED.compareAndSet(false, true)) {
            Set<String> properties = new HashSet<>(System.getProperties().stringPropertyNames());
            properties.addAll(platformProperties());
            properties.addAll(LaunchParameters.current().keys());
            UnknownSettings.warnings(properties, System.getenv().keySet())
                    .forEach(warning -> out.println("Stampede: " + warning));
        }
        ConsoleProgress console = new ConsoleProgress(out, scenario.name(), mode.live(), printEvery);
        out.println();
        out.println(heading());
        Reporters reporters = Reporters.load(out, scenario.name());
        reporters.started(scenario, facts);
        Progress progress = snapshot -> {
            if (mode != ProgressMode.OFF) {
                console.show(snapshot);
            }
            reporters.show(snapshot);
        };
        Engine engine = new Engine(scenario, operation, gauges, facts, engineSettings, progress);
        LoadResult result = guarded(engine);
        boolean interrupted = Thread.interrupted(); // reporters write files, which an interruption would close
        console.end();
        Verdict verdict = judged(result);
        history.keep(result, verdict);
        InvalidRuns.current().add(result, verdict);
        out.println();
        out.println(VerdictTable.render(result, verdict).stripTrailing());
        out.println();
        reporters.finished(result, verdict);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new FinishedRun(result, verdict);
    }

    private Verdict judged(LoadResult result) {
        String name = test;
        Verdict verdict = Judge.judge(
                result,
                history.compare(result),
                name == null ? 0 : Misses.ofJvm().of(name));
        if (name != null && verdict.outcome() == Verdict.Outcome.FAILED) {
            Misses.ofJvm().add(name);
        }
        return verdict;
    }

    // Read here too, for runs that no launcher told of.
    private static Set<String> platformProperties() {
        Properties properties = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream file = loader == null ? null : loader.getResourceAsStream("junit-platform.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException | IllegalArgumentException e) {
            return Set.of(); // JUnit itself says what is wrong with the file
        }
        return properties.stringPropertyNames();
    }

    private String heading() {
        StringBuilder heading = new StringBuilder("Stampede: ")
                .append(scenario.name())
                .append(", ")
                .append(scenario.describe());
        if (scenario.scale() != 1) {
            heading.append(", at ").append(Numbers.scale(scenario.scale())).append(" of its size (stampede.scale)");
        }
        Phase warmUp = scenario.warmUp();
        if (warmUp != null) {
            heading.append(", after a warm-up of ").append(warmUp.workload().describe());
        }
        facts.forEach((key, value) -> {
            if (key.equals("environment")) {
                heading.append(", on ").append(value);
            }
        });
        return heading.toString();
    }

    private static EngineSettings engineSettings(Settings settings) {
        EngineSettings standard = EngineSettings.DEFAULT;
        return new EngineSettings(
                settings.choice(LoadSettings.THREADS, Threads.class).orElse(standard.threads()),
                settings.whole(LoadSettings.CONCURRENCY_MAX, 1, EngineSettings.MOST_CONCURRENCY)
                        .map(Math::toIntExact)
                        .orElse(standard.maxConcurrency()),
                settings.duration(
                                LoadSettings.GAUGE_EVERY,
                                EngineSettings.LEAST_GAUGE_EVERY,
                                EngineSettings.MOST_GAUGE_EVERY)
                        .orElse(standard.gaugeEvery()),
                settings.duration(LoadSettings.SPIN, Duration.ZERO, EngineSettings.MOST_SPIN)
                        .orElse(standard.spin()),
                settings.duration(LoadSettings.GRACE, EngineSettings.LEAST_GRACE, EngineSettings.MOST_GRACE)
                        .orElse(standard.grace()),
                validity(settings));
    }

    private static Validity validity(Settings settings) {
        Validity standard = Validity.DEFAULT;
        return new Validity(
                settings.choice(LoadSettings.VALIDITY, Validity.Mode.class).orElse(standard.mode()),
                settings.positiveDuration(LoadSettings.VALIDITY_LAG).orElse(standard.lag()),
                settings.share(LoadSettings.VALIDITY_START_RATE).orElse(standard.startRate()),
                settings.positiveDuration(LoadSettings.VALIDITY_HICCUP).orElse(standard.hiccup()),
                settings.share(LoadSettings.VALIDITY_GC).orElse(standard.gc()),
                settings.share(LoadSettings.VALIDITY_CPU_PROCESS).orElse(standard.processCpu()),
                settings.share(LoadSettings.VALIDITY_CPU_MACHINE).orElse(standard.machineCpu()));
    }

    /** Where the JVM is told to end (Ctrl-C), the run ends first and says how far it came. */
    private LoadResult guarded(Engine engine) {
        CountDownLatch printed = new CountDownLatch(1);
        Thread hook = new Thread(
                null,
                () -> {
                    engine.stop("stopped with the JVM");
                    try {
                        if (!printed.await(10, TimeUnit.SECONDS)) {
                            out.println("Stampede: " + scenario.name() + " did not end within 10 s of being stopped");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stampede-shutdown",
                0,
                false);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            LoadResult result = engine.run(Plan.of(scenario, step -> StressLimits.breach(limits(), step)));
            if (result.endedEarly() != null) {
                out.println();
                out.println("Stampede: " + scenario.name() + " " + result.endedEarly());
            }
            return result;
        } finally {
            printed.countDown();
            removeHook(hook);
        }
    }

    private List<Limit> limits() {
        return scenario.kind().search().map(Kind.Stress::breaksWhen).orElse(List.of());
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook is what ended the run.
        }
    }
}
