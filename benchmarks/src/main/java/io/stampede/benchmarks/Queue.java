package io.stampede.benchmarks;

import io.stampede.internal.format.Times;
import io.stampede.ollama.EmbeddedOllama;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.StorageConfig;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.QueueFullException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** What a call of {@code queue} takes its caller while everything behind it runs at the rate that comes in. */
final class Queue {

    private Queue() {}

    /** What runs behind the call. */
    private enum Behind {
        /** Storing alone. */
        STORE,
        /** Storing, and embeddings from the cache. */
        CACHED,
        /** Storing, and the model: it takes what is left of the machine. */
        EMBED
    }

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int rate = arguments.whole("--rate", 10_000, 10, 100_000);
        Duration duration =
                arguments.duration("--duration", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5));
        Duration settled = arguments.duration("--settled", Duration.ofSeconds(3), Duration.ZERO, duration);
        int rounds = arguments.whole("--rounds", 3, 1, 100);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        try (PostgresServer server = choice.start()) {
            Table table = new Table(
                    "A call of queue",
                    String.format(
                            Locale.ROOT,
                            "%s; %,d calls a second for %s, the first %s left out; rounds: %d, each in a new JVM, median.",
                            server.name(),
                            rate,
                            Times.format(duration),
                            Times.format(settled),
                            rounds),
                    "behind it",
                    "p50",
                    "p99",
                    "p99, least to most",
                    "p99.9",
                    "max",
                    "stored meanwhile",
                    "refused");
            for (Behind behind : Behind.values()) {
                Figures figures = new Figures();
                for (int round = 0; round < rounds; round++) {
                    List<String> child = new ArrayList<>(List.of(
                            COMMAND,
                            "--behind",
                            behind.name(),
                            "--rate",
                            String.valueOf(rate),
                            "--duration",
                            duration.toMillis() + "ms",
                            "--settled",
                            settled.toMillis() + "ms"));
                    child.addAll(server.options());
                    figures.add(ChildJvm.run(List.of(), child, Pipeline.LIMIT.plus(duration)));
                }
                table.row(
                        behind.name().toLowerCase(Locale.ROOT),
                        Table.time(figures.median("p50")),
                        Table.time(figures.median("p99")),
                        Table.time(figures.least("p99")) + " to " + Table.time(figures.most("p99")),
                        Table.time(figures.median("p999")),
                        Table.time(figures.median("max")),
                        Table.percent(figures.median("stored")),
                        Table.percent(figures.median("refused")));
            }
            table.print(out);
        }
    }

    static final String COMMAND = "queue-run";

    /** One JVM's run. */
    static void child(Arguments arguments, PrintStream out) throws Exception {
        Behind behind = arguments.choice("--behind", Behind.STORE);
        int rate = arguments.whole("--rate", 10_000, 10, 100_000);
        Duration duration =
                arguments.duration("--duration", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5));
        Duration settled = arguments.duration("--settled", Duration.ofSeconds(3), Duration.ZERO, duration);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        UnaryOperator<StorageConfig.Builder> settings =
                behind == Behind.STORE ? config -> config.embedders(0) : config -> config;
        try (PostgresServer server = choice.start();
                EmbeddedOllama ollama = EmbeddedOllama.start();
                Pipeline pipeline = Pipeline.open(server, ollama.uri(), settings)) {
            ConversationStorage storage = pipeline.storage();
            if (behind == Behind.CACHED) {
                Store.fillCache(pipeline);
            }
            long storedBefore = storage.stats().stored();
            int calls = Math.toIntExact(Math.round(rate * (duration.toMillis() / 1e3)));
            int first = Math.toIntExact(Math.round(rate * (settled.toMillis() / 1e3)));
            long[] nanos = new long[calls];
            LongAdder refused = new LongAdder();
            StampedeRun.of(
                    Workload.arrivals(Rate.perSecond(rate), duration),
                    Map.of("stampede.progress", "off"),
                    iteration -> {
                        int index = Math.toIntExact(iteration.index());
                        String summary = behind == Behind.EMBED ? "Asks for order " + index : Store.summary(index);
                        Conversation conversation = Sample.conversation(index, summary);
                        long begin = System.nanoTime();
                        try {
                            storage.queue(conversation);
                        } catch (QueueFullException e) {
                            refused.increment();
                        }
                        nanos[index] = System.nanoTime() - begin;
                    });
            long stored = storage.stats().stored() - storedBefore;
            long[] judged = Arrays.copyOfRange(nanos, Math.min(first, calls - 1), calls);
            Arrays.sort(judged);
            ChildJvm.tell(
                    out,
                    Map.of(
                            "p50", at(judged, 0.5),
                            "p99", at(judged, 0.99),
                            "p999", at(judged, 0.999),
                            "max", at(judged, 1),
                            "stored", (double) stored / calls,
                            "refused", (double) refused.sum() / calls));
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
