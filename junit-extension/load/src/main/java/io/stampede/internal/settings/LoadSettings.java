package io.stampede.internal.settings;

import java.util.List;

/**
 * The settings of the load tests themselves.
 *
 * @since 0.1
 */
public final class LoadSettings implements SettingCatalog {

    public static final double MAX_SCALE = 1000;

    public static final Setting SCALE = new Setting(
            "stampede.scale",
            "1",
            "Multiplies every total and planned duration: 0.1 runs a tenth. Targets do not change.");
    public static final Setting SEED = new Setting(
            "stampede.seed",
            "",
            "The seed of everything random in a run; by default it is derived from the name of the test.");
    public static final Setting TIMEOUT = new Setting(
            "stampede.timeout",
            "60s",
            "How long an operation may take before it counts as failed; overrides @OperationTimeout. More than 0, at most 7d.");
    public static final Setting FAIL_ON = new Setting(
            "stampede.fail-on",
            "critical",
            "How bad a result must be to fail its test: critical or acceptable; overrides @FailOn.");
    public static final Setting PROGRESS = new Setting(
            "stampede.progress",
            "auto",
            "How progress is shown: live (one line that changes), plain (a line now and then), off, or auto (live on a"
                    + " terminal, otherwise plain).");
    public static final Setting PROGRESS_EVERY =
            new Setting("stampede.progress.every", "5s", "How often plain progress prints a line; 100ms to 7d.");
    public static final Setting THREADS = new Setting(
            "stampede.threads",
            "auto",
            "What runs operations: platform or virtual threads. With auto they are virtual on JDK 24 and later if a hundred or"
                    + " more operations are due at once, otherwise platform threads, which wake more punctually.");
    public static final Setting CONCURRENCY_MAX = new Setting(
            "stampede.concurrency.max",
            "10000",
            "How many operations may be in flight at once; a run that needs more is invalid. 1 to 1,000,000.");
    public static final Setting GAUGE_EVERY =
            new Setting("stampede.gauge.every", "100ms", "How often gauges are read; 1ms to 1h.");
    public static final Setting SPIN = new Setting(
            "stampede.spin",
            "200us",
            "How long a thread spins before a due time instead of sleeping, at most half of the time between two"
                    + " operations; 0ms to 10ms. Less saves CPU, and operations start later.");
    public static final Setting GRACE = new Setting(
            "stampede.grace",
            "5s",
            "How long interrupted operations may take to end when a run is over; 1ms to 10min.");
    public static final Setting VALIDITY = new Setting(
            "stampede.validity",
            "strict",
            "What happens to a run whose load generator broke a limit: strict (the test is aborted), fail (the test fails),"
                    + " warn (a note says so) or off (the generator is not watched). With fail, the tests of runs that are"
                    + " invalid for another reason fail too.");
    public static final Setting VALIDITY_LAG = new Setting(
            "stampede.validity.lag",
            "250ms",
            "The limit for the p99 of lag (start - due), if operations are due one after the other.");
    public static final Setting VALIDITY_START_RATE = new Setting(
            "stampede.validity.start-rate",
            "99%",
            "The share of the planned rate at which operations must at least start.");
    public static final Setting VALIDITY_HICCUP = new Setting(
            "stampede.validity.hiccup", "250ms", "How late a thread of this JVM may wake, in 99 % of the time.");
    public static final Setting VALIDITY_GC = new Setting(
            "stampede.validity.gc",
            "20%",
            "The largest share of the time in which garbage collections may stop this JVM.");
    public static final Setting VALIDITY_CPU_PROCESS = new Setting(
            "stampede.validity.cpu.process",
            "100%",
            "The largest share of the processors that this process may use; 100% for no limit.");
    public static final Setting VALIDITY_CPU_MACHINE = new Setting(
            "stampede.validity.cpu.machine",
            "100%",
            "The largest share of the machine's processors that may be busy; 100% for no limit.");

    public static final Setting LOCK = new Setting(
            "stampede.lock", "wait", "Whether a load test waits for those of other JVMs on this machine: wait or off.");
    public static final Setting LOCK_WAIT = new Setting(
            "stampede.lock.wait",
            "10min",
            "How long it waits at most; then it runs beside them, and its reports say so. 0ms to 24h.");
    public static final Setting LOCK_PORT = new Setting(
            "stampede.lock.port",
            "21478",
            "The port of 127.0.0.1 that is the lock, the same for all builds of a machine; 1,024 to 65,535.");
    public static final Setting LOCK_TOKEN = new Setting(
            "stampede.lock.token",
            "",
            "Set by a load test for the JVMs that it starts itself, so that they share its lock.");

    public static final Setting HISTORY =
            new Setting("stampede.history", "on", "Whether runs are kept and compared with earlier ones: on or off.");
    public static final Setting HISTORY_DIR = new Setting(
            "stampede.history.dir",
            ".stampede/history",
            "The directory of the runs that are kept, in the build's working directory unless absolute.");
    public static final Setting HISTORY_KEEP = new Setting(
            "stampede.history.keep",
            "50",
            "How many of the last runs of each test on each machine and configuration are kept to compare with; 5 to 10,000.");
    public static final Setting HISTORY_ACCEPT = new Setting(
            "stampede.history.accept",
            "false",
            "With true, this run starts a new level: it fails no @Baseline, and later runs are not compared with those before it.");

    @Override
    public List<Setting> settings() {
        return List.of(
                SCALE,
                SEED,
                TIMEOUT,
                FAIL_ON,
                PROGRESS,
                PROGRESS_EVERY,
                THREADS,
                CONCURRENCY_MAX,
                GAUGE_EVERY,
                SPIN,
                GRACE,
                VALIDITY,
                VALIDITY_LAG,
                VALIDITY_START_RATE,
                VALIDITY_HICCUP,
                VALIDITY_GC,
                VALIDITY_CPU_PROCESS,
                VALIDITY_CPU_MACHINE,
                LOCK,
                LOCK_WAIT,
                LOCK_PORT,
                LOCK_TOKEN,
                HISTORY,
                HISTORY_DIR,
                HISTORY_KEEP,
                HISTORY_ACCEPT);
    }
}
