package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import io.stampede.internal.format.Times;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** By how much operations start after they are due, each run in a JVM of its own, which is cold when it begins. */
final class Pacing {

    static final int LEAST_RATE = 1;
    static final int MOST_RATE = 100_000;
    static final Duration SHORTEST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofMinutes(2); // each start is kept
    static final Duration LONGEST_SPIN = Duration.ofMillis(10);

    private Pacing() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        List<Integer> rates = arguments.wholes("--rates", "1000,10000", LEAST_RATE, MOST_RATE);
        List<Duration> spins = arguments.durations("--spins", "0us,50us,200us", Duration.ZERO, LONGEST_SPIN);
        Duration duration = arguments.duration("--duration", Duration.ofSeconds(10), SHORTEST, LONGEST);
        Duration settled = arguments.duration("--settled", Duration.ofSeconds(3), Duration.ZERO, LONGEST);
        int rounds = arguments.whole("--rounds", 3, 1, 100);
        Threads kind = arguments.kind();
        arguments.end();

        for (int rate : rates) {
            List<Contender> contenders = contenders(spins);
            for (int round = 0; round < rounds; round++) {
                for (Contender contender : contenders) {
                    contender.figures.add(ChildJvm.run(
                            List.of(),
                            List.of(
                                    PacingRun.COMMAND,
                                    "--by",
                                    contender.by.name(),
                                    "--rate",
                                    String.valueOf(rate),
                                    "--duration",
                                    duration.toMillis() + "ms",
                                    "--settled",
                                    settled.toMillis() + "ms",
                                    "--spin",
                                    contender.spin.toNanos() + "ns",
                                    "--kind",
                                    kind.name()),
                            duration.multipliedBy(2).plusMinutes(1)));
                }
            }
            print(out, rate, duration, settled, rounds, contenders);
        }
    }

    private static List<Contender> contenders(List<Duration> spins) {
        List<Contender> contenders = new ArrayList<>();
        for (Duration spin : spins) {
            contenders.add(new Contender("Stampede" + spinning(spin), PacingRun.By.STAMPEDE, spin));
        }
        for (Duration spin : spins) {
            contenders.add(new Contender("one parked thread" + spinning(spin), PacingRun.By.LOOP, spin));
        }
        contenders.add(new Contender(JUnitPerfRun.NAME + ", 2 threads", PacingRun.By.JUNITPERF, Duration.ZERO));
        return contenders;
    }

    private static String spinning(Duration spin) {
        return spin.isZero() ? ", no spin" : ", spin " + Times.format(spin);
    }

    private static void print(
            PrintStream out, int rate, Duration duration, Duration settled, int rounds, List<Contender> contenders) {
        double planned = Math.max(1, rate * duration.toMillis() / 1000);
        String later = " after " + Times.format(settled);
        Table table = new Table(
                String.format(Locale.ROOT, "Start after due, %,d operations a second", rate),
                String.format(
                        Locale.ROOT,
                        "An operation that does nothing, %s in a new JVM; rounds: %d, median, of maxima the largest.",
                        Times.format(duration),
                        rounds),
                "",
                "p50",
                "p99",
                "max",
                "p50" + later,
                "p99" + later,
                "max" + later,
                "CPU while waiting",
                "delivered");
        for (Contender contender : contenders) {
            table.row(
                    contender.name,
                    Table.time(contender.figures.median("all.p50")),
                    Table.time(contender.figures.median("all.p99")),
                    Table.time(contender.figures.most("all.max")),
                    Table.time(contender.figures.median("later.p50")),
                    Table.time(contender.figures.median("later.p99")),
                    Table.time(contender.figures.most("later.max")),
                    Table.percent(contender.figures.median("cpu")),
                    Table.percent(contender.figures.median("started") / planned));
        }
        table.print(out);
    }

    /** One way to keep a pace. */
    private record Contender(String name, PacingRun.By by, Duration spin, Figures figures) {
        Contender(String name, PacingRun.By by, Duration spin) {
            this(name, by, spin, new Figures());
        }
    }
}
