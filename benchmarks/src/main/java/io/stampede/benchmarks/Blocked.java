package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Many operations that wait at once, as those of a slow target do. */
final class Blocked {

    static final int MOST = 100_000;

    // All of the heap is there from the start, so that what the process grows by is not heap.
    private static final List<String> FIXED_HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    private Blocked() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int operations = arguments.whole("--operations", 2_000, 1, MOST);
        int rounds = arguments.whole("--rounds", 3, 1, 100);
        arguments.end();

        Map<String, List<String>> contenders = new LinkedHashMap<>();
        contenders.put("Stampede, platform threads", child(BlockedRun.By.STAMPEDE, Threads.PLATFORM, operations));
        contenders.put("Stampede, virtual threads", child(BlockedRun.By.STAMPEDE, Threads.VIRTUAL, operations));
        contenders.put("a platform thread each", child(BlockedRun.By.THREADS, Threads.PLATFORM, operations));
        contenders.put(
                JUnitPerfRun.NAME + ", a thread each", child(BlockedRun.By.JUNITPERF, Threads.PLATFORM, operations));

        Map<String, Figures> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> contender : contenders.entrySet()) {
                Figures figures = measured.computeIfAbsent(contender.getKey(), key -> new Figures());
                if (Surroundings.HAS_VIRTUAL_THREADS || !contender.getValue().contains(Threads.VIRTUAL.name())) {
                    figures.add(ChildJvm.run(FIXED_HEAP, contender.getValue(), Duration.ofMinutes(3)));
                }
            }
        }

        Table table = new Table(
                String.format(Locale.ROOT, "%,d operations blocked at once", operations),
                String.format(
                        Locale.ROOT,
                        "In flight: from the first due time, or the first start where nothing is due, to the last start."
                                + " Memory: for each operation in flight. Rounds: %d, each in a new JVM, median.",
                        rounds),
                "",
                "all in flight",
                "since the call",
                "heap each",
                "outside the heap each");
        measured.forEach((name, figures) -> {
            if (figures.isEmpty()) {
                table.row(name, "needs JDK 21", "-", "-", "-");
            } else {
                table.row(
                        name,
                        Table.time(figures.median("due")),
                        Table.time(figures.median("called")),
                        Table.bytes(figures.median("heap")),
                        Table.bytes(figures.median("native")));
            }
        });
        table.print(out);
    }

    private static List<String> child(BlockedRun.By by, Threads kind, int operations) {
        return List.of(
                BlockedRun.COMMAND,
                "--by",
                by.name(),
                "--operations",
                String.valueOf(operations),
                "--kind",
                kind.name());
    }
}
