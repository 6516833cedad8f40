package io.stampede.benchmarks;

import io.stampede.internal.format.Times;
import io.stampede.operation.Operation;
import io.stampede.report.text.Directories;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What reporting costs: the time that it adds to a build, and the throughput that it takes from a run. */
final class Reports {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Reports() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        List<Integer> tests = arguments.wholes("--tests", "1,10", 1, 1_000);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        Duration duration =
                arguments.duration("--duration", Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMinutes(5));
        int pairs = arguments.whole("--pairs", 12, 1, 1_000);
        int warmUp = arguments.whole("--warmup", 2, 0, 100);
        arguments.end();

        time(tests, rounds).print(out);
        throughput(duration, pairs, warmUp).print(out);
    }

    private static Table time(List<Integer> tests, int rounds) throws Exception {
        Table table = new Table(
                "Time that reporting adds",
                String.format(
                        Locale.ROOT,
                        "All files of each load test and Allure's page of them all, each result with %,d intervals, %,d"
                                + " phases, %,d gauges and %,d causes of failures; JUnit itself was warm. Rounds: %d, each in"
                                + " a new JVM, median.",
                        ReportsRun.INTERVALS,
                        ReportsRun.PHASES,
                        ReportsRun.GAUGES,
                        ReportsRun.CAUSES,
                        rounds),
                "",
                "all",
                "all, least to most",
                "for each load test",
                "again in the same JVM");
        for (int count : tests) {
            Figures figures = new Figures();
            for (int round = 0; round < rounds; round++) {
                Path directory = Files.createTempDirectory("stampede-reports");
                try {
                    figures.add(ChildJvm.run(
                            List.of(
                                    "-Dstampede.report.dir=" + directory.resolve("reports"),
                                    "-Dstampede.history.dir=" + directory.resolve("history"),
                                    "-Dstampede.allure.history.dir=" + directory.resolve("allure-history")),
                            List.of(ReportsRun.COMMAND, "--tests", String.valueOf(count)),
                            LIMIT));
                } finally {
                    Directories.delete(directory);
                }
            }
            table.row(
                    count == 1 ? "a build of one load test" : "a build of " + count + " load tests",
                    Table.time(figures.median("cold")),
                    Table.time(figures.least("cold"), figures.most("cold")),
                    Table.time(figures.median("cold") / count),
                    Table.time(figures.median("warm")));
        }
        return table;
    }

    /** A sort of load, and what operations of it do. */
    private record Load(String name, int users, Operation operation) {}

    private enum Reporting {
        NONE("no reports"),
        FILES("reports"),
        LIVE("reports and live page, watched");

        private final String label;

        Reporting(String label) {
            this.label = label;
        }
    }

    private static Table throughput(Duration duration, int pairs, int warmUp) throws Exception {
        Table table = new Table(
                "Throughput while it is reported",
                String.format(
                        Locale.ROOT,
                        "Two users whose operations do nothing, and fifty whose operations wait a millisecond; %s each. The"
                                + " page is polled as a browser does, twice a second. By turns in one JVM; rounds: %d after"
                                + " %d to warm up. The ratio is the median of the rounds' ratios, each to the run without reports"
                                + " of its round.",
                        Times.format(duration),
                        pairs,
                        warmUp),
                "",
                "operations a second",
                "least to most",
                "CPU per operation",
                "against no reports",
                "ratios, middle half",
                "page told a second");
        Path directory = Files.createTempDirectory("stampede-reports");
        int port = freePort();
        Map<String, String> properties = Map.of(
                "stampede.report.dir", directory.resolve("reports").toString(),
                "stampede.live.port", String.valueOf(port));
        properties.forEach(System::setProperty);
        try {
            for (Load load : List.of(
                    new Load("nothing", 2, iteration -> {}),
                    new Load("1 ms", 50, iteration -> LockSupport.parkNanos(1_000_000)))) {
                measure(load, duration, pairs, warmUp, port, directory.resolve("history"), table);
            }
        } finally {
            properties.keySet().forEach(System::clearProperty);
            Directories.delete(directory);
        }
        return table;
    }

    private static void measure(
            Load load, Duration duration, int pairs, int warmUp, int port, Path history, Table table) throws Exception {
        Contender alone = new Contender(Reporting.NONE);
        List<Contender> contenders = List.of(alone, new Contender(Reporting.FILES), new Contender(Reporting.LIVE));
        List<Contender> order = new ArrayList<>(contenders);
        for (int round = -warmUp; round < pairs; round++) {
            for (Contender contender : order) {
                System.gc();
                contender.last = run(load, contender.reporting, duration, port, history);
            }
            Collections.rotate(order, 1); // none profits from its place
            for (Contender contender : round < 0 ? List.<Contender>of() : contenders) {
                contender.keep(alone.last);
            }
        }
        for (Contender contender : contenders) {
            table.row(
                    load.name() + ", " + contender.reporting.label,
                    Table.number(contender.perSecond.median()),
                    Table.number(contender.perSecond.least(), contender.perSecond.most()),
                    Table.time(contender.cpuNanos.median()),
                    String.format(Locale.ROOT, "%.4f x", contender.ratio.median()),
                    String.format(
                            Locale.ROOT,
                            "%.4f to %.4f",
                            contender.ratio.quantile(0.25),
                            contender.ratio.quantile(0.75)),
                    Table.number(contender.told.median()));
        }
    }

    /** One way to report, and what was measured of it. */
    private static final class Contender {
        private final Reporting reporting;
        private final Rounds perSecond = new Rounds();
        private final Rounds cpuNanos = new Rounds();
        private final Rounds ratio = new Rounds();
        private final Rounds told = new Rounds();
        private Run last = new Run(new Measured(0, 0, 0), null);

        Contender(Reporting reporting) {
            this.reporting = reporting;
        }

        void keep(Run alone) {
            perSecond.add(last.measured.perSecond());
            cpuNanos.add(last.measured.cpuNanosPerOperation());
            ratio.add(last.measured.perSecond() / alone.measured.perSecond());
            if (last.told != null) {
                told.add(last.told / last.measured.seconds());
            }
        }
    }

    /**
     * One run.
     *
     * @param told how often the live page answered in it; null where there was none
     */
    private record Run(Measured measured, @Nullable Long told) {}

    private static Run run(Load load, Reporting reporting, Duration duration, int port, Path history)
            throws InterruptedException {
        Workload workload = Workload.users(load.users(), duration);
        Map<String, String> settings = Map.of(
                "stampede.progress", "off", "stampede.validity", "off", "stampede.history.dir", history.toString());
        if (reporting != Reporting.LIVE) {
            Measured measured = measured(() -> reporting == Reporting.NONE
                    ? StampedeRun.of(workload, settings, load.operation())
                    : StampedeRun.reported(workload, settings, load.operation()));
            return new Run(measured, null);
        }
        System.setProperty("stampede.live", "true");
        try (LiveWatcher watcher = LiveWatcher.of(port)) {
            Measured measured = measured(() -> StampedeRun.reported(workload, settings, load.operation()));
            long told = watcher.answers();
            watcher.requireAnAnswer();
            return new Run(measured, told);
        } finally {
            System.clearProperty("stampede.live");
        }
    }

    /** The processor time includes what reporters do after the load: it is what all of it costs. */
    private static Measured measured(java.util.function.Supplier<LoadResult> run) {
        double cpu = Surroundings.cpuSeconds();
        LoadResult result = run.get();
        cpu = Surroundings.cpuSeconds() - cpu;
        return new Measured(result.ended(), result.elapsed().toNanos() / 1e9, cpu);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
