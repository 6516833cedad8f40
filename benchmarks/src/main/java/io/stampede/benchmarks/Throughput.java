package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import io.stampede.internal.format.Times;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many operations that do nothing can be run in a second, all contenders by turns in one JVM. */
final class Throughput {

    private static final Operation NOTHING = iteration -> {};

    /** More than anybody can deliver, so that every operation is late and none is waited for. */
    private static final Rate UNREACHABLE = Rate.perSecond(1e7);

    private Throughput() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        Duration duration =
                arguments.duration("--duration", Duration.ofSeconds(3), Duration.ofMillis(10), Duration.ofMinutes(5));
        int operations = arguments.whole("--operations", 20_000_000, 1_000, 1_000_000_000);
        int threads = arguments.whole("--threads", 2, 1, 1_000);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 1, 0, 100);
        Threads kind = arguments.kind();
        arguments.end();

        List<Contender> contenders = contenders(duration, operations, threads, kind);
        for (int round = -warmUp; round < rounds; round++) {
            for (Contender contender : contenders) {
                System.gc(); // nobody pays for the garbage of the one before
                Measured measured = contender.run.measure();
                if (round >= 0) {
                    contender.perSecond.add(measured.perSecond());
                    contender.cpuNanos.add(measured.cpuNanosPerOperation());
                }
            }
        }

        double loop = contenders.get(0).perSecond.median();
        double peer = contenders.get(contenders.size() - 1).perSecond.median();
        Table table = new Table(
                "Operations a second",
                String.format(
                        Locale.ROOT,
                        "An operation that does nothing; %s, or %,d operations; rounds: %d after %d to warm up, median.",
                        Times.format(duration),
                        operations,
                        rounds,
                        warmUp),
                "",
                "operations a second",
                "least to most",
                "CPU per operation",
                "against the loop",
                "against " + JUnitPerfRun.NAME);
        for (Contender contender : contenders) {
            double median = contender.perSecond.median();
            table.row(
                    contender.name,
                    Table.number(median),
                    Table.number(contender.perSecond.least(), contender.perSecond.most()),
                    Table.time(contender.cpuNanos.median()),
                    Table.ratio(median / loop),
                    Table.ratio(median / peer));
        }
        table.print(out);
    }

    private static List<Contender> contenders(Duration duration, int operations, int threads, Threads kind) {
        Map<String, String> standard =
                Map.of("stampede.threads", kind.name(), "stampede.progress", "off", "stampede.timeout", "1h");
        Map<String, String> bounded = new LinkedHashMap<>(standard);
        bounded.put("stampede.concurrency.max", String.valueOf(threads));
        Workload burst = Workload.burst(operations);
        Duration plan = Duration.ofNanos(Math.round(operations / UNREACHABLE.perSecond() * 1e9));

        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(
                "hand-written loop, " + threads + " threads", () -> HandwrittenLoop.run(threads, duration)));
        contenders.add(new Contender(
                "Stampede, " + threads + " users", () -> stampede(Workload.users(threads, duration), standard)));
        contenders.add(
                new Contender("Stampede, burst, at most " + threads + " in flight", () -> stampede(burst, bounded)));
        contenders.add(new Contender("Stampede, burst", () -> stampede(burst, standard)));
        contenders.add(new Contender(
                String.format(Locale.ROOT, "Stampede, %,.0f/s asked for", UNREACHABLE.perSecond()),
                () -> stampede(Workload.arrivals(UNREACHABLE, plan), standard)));
        contenders.add(new Contender(
                JUnitPerfRun.NAME + ", " + threads + " threads",
                () -> JUnitPerfRun.of(threads, duration, -1, -1, () -> {})));
        return contenders;
    }

    private static Measured stampede(Workload workload, Map<String, String> settings) {
        double cpu = Surroundings.cpuSeconds();
        LoadResult result = StampedeRun.of(workload, settings, NOTHING);
        cpu = Surroundings.cpuSeconds() - cpu;
        return new Measured(result.ended(), result.elapsed().toNanos() / 1e9, cpu);
    }

    /** One way to run operations, and what was measured of it. */
    private static final class Contender {
        private final String name;
        private final Run run;
        private final Rounds perSecond = new Rounds();
        private final Rounds cpuNanos = new Rounds();

        Contender(String name, Run run) {
            this.name = name;
            this.run = run;
        }
    }

    @FunctionalInterface
    private interface Run {
        Measured measure() throws InterruptedException;
    }
}
