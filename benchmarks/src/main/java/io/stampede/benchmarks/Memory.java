package io.stampede.benchmarks;

import io.stampede.internal.engine.Threads;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Whether the heap grows with the number of operations. */
final class Memory {

    static final int FEW = 1_000_000;
    static final int MANY = 100_000_000;
    static final int LEAST = 100;
    static final int MOST = 1_000_000_000;

    private Memory() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        MemoryRun.Shape shape = arguments.choice("--workload", MemoryRun.Shape.BURST);
        int few = arguments.whole("--few", FEW, LEAST, MOST);
        int many = arguments.whole("--many", MANY, LEAST, MOST);
        int threads = arguments.whole("--threads", 2, 1, 1_000);
        Threads kind = arguments.kind();
        Duration limit =
                arguments.duration("--limit", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(6));
        arguments.end();

        Table table = new Table(
                "Heap after many operations",
                "An operation that does nothing; heap in use after a full collection, the result still held.",
                "",
                "operations",
                "heap",
                "resident",
                "took");
        Figures figures = new Figures();
        figures.add(ChildJvm.run(
                List.of(),
                List.of(
                        MemoryRun.COMMAND,
                        "--workload",
                        shape.name(),
                        "--few",
                        String.valueOf(few),
                        "--many",
                        String.valueOf(many),
                        "--threads",
                        String.valueOf(threads),
                        "--kind",
                        kind.name()),
                limit));
        String name = "Stampede, " + shape.name().toLowerCase(Locale.ROOT);
        table.row(
                name,
                Table.number(figures.median("few")),
                Table.bytes(figures.median("heap.few")),
                Table.bytes(figures.median("resident.few")),
                "");
        table.row(
                name,
                Table.number(figures.median("many")),
                Table.bytes(figures.median("heap.many")),
                Table.bytes(figures.median("resident.many")),
                Table.time(figures.median("seconds") * 1e9));
        table.row(
                "difference",
                "",
                Table.bytes(figures.median("heap.many") - figures.median("heap.few")),
                Table.bytes(figures.median("resident.many") - figures.median("resident.few")),
                "");
        table.print(out);
    }
}
