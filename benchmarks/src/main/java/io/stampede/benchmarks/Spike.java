package io.stampede.benchmarks;

import io.stampede.ollama.EmbeddedOllama;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Callers who all come at once, each waiting until Postgres has its conversation. */
final class Spike {

    static final String COMMAND = "spike-run";

    private Spike() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int concurrent = arguments.whole("--concurrent", 500, 1, 10_000);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        Figures figures = new Figures();
        String where;
        try (PostgresServer server = choice.start()) {
            where = server.name();
            for (int round = 0; round < rounds; round++) {
                List<String> child = new ArrayList<>(List.of(COMMAND, "--concurrent", String.valueOf(concurrent)));
                child.addAll(server.options());
                figures.add(ChildJvm.run(List.of(), child, Pipeline.LIMIT));
            }
        }
        Table table = new Table(
                String.format(Locale.ROOT, "%,d at once, each waiting for stored()", concurrent),
                where + "; from when all were due; rounds: " + rounds
                        + ", each in a new JVM, median. The first spike of a JVM is one that nothing is compiled for.",
                "spike",
                "p50",
                "p99",
                "all done",
                "all done, least to most");
        for (String spike : List.of("first", "second", "third")) {
            table.row(
                    spike,
                    Table.time(figures.median(spike + "-p50")),
                    Table.time(figures.median(spike + "-p99")),
                    Table.time(figures.median(spike + "-max")),
                    Table.time(figures.least(spike + "-max"), figures.most(spike + "-max")));
        }
        table.print(out);
    }

    /** One JVM's run: three spikes, the model busy with the embeddings of the ones before as it is in production. */
    static void child(Arguments arguments, PrintStream out) throws Exception {
        int concurrent = arguments.whole("--concurrent", 500, 1, 10_000);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        Map<String, Double> figures = new LinkedHashMap<>();
        try (PostgresServer server = choice.start();
                EmbeddedOllama ollama = EmbeddedOllama.start();
                Pipeline pipeline = Pipeline.open(server, ollama.uri(), config -> config)) {
            for (String spike : List.of("first", "second", "third")) {
                LoadResult result = StampedeRun.of(
                        Workload.burst(concurrent),
                        Map.of("stampede.progress", "off"),
                        iteration -> iteration.completesWith(pipeline.storage()
                                .queue(Sample.conversation(iteration.index(), spike + " asks for " + iteration.index()))
                                .stored()));
                figures.put(spike + "-p50", result.responseTime().percentileNanos(50));
                figures.put(spike + "-p99", result.responseTime().percentileNanos(99));
                figures.put(spike + "-max", result.responseTime().percentileNanos(100));
                pipeline.awaitIdle();
            }
        }
        ChildJvm.tell(out, figures);
    }
}
