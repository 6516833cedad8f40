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

    /**
     * How often it is called.
     *
     * @param rate calls a second
     * @param settled what does not count of the duration, from the beginning
     */
    private record Calls(int rate, Duration duration, Duration settled) {

        static Calls chosen(Arguments arguments) {
            int rate = arguments.whole("--rate", 10_000, 10, 100_000);
            Duration duration = arguments.duration(
                    "--duration", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5));
            Duration settled = arguments.duration("--settled", Duration.ofSeconds(3), Duration.ZERO, duration);
            return new Calls(rate, duration, settled);
        }

        /** What has another JVM choose the same. */
        List<String> options() {
            return List.of(
                    "--rate",
                    String.valueOf(rate),
                    "--duration",
                    duration.toMillis() + "ms",
                    "--settled",
                    settled.toMillis() + "ms");
        }

        int in(Duration time) {
            return Math.toIntExact(Math.round(rate * (time.toMillis() / 1e3)));
        }
    }

    static void run(Arguments arguments, PrintStream out) throws Exception {
        Calls calls = Calls.chosen(arguments);
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
                            calls.rate(),
                            Times.format(calls.duration()),
                            Times.format(calls.settled()),
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
                    List<String> child = new ArrayList<>(List.of(COMMAND, "--behind", behind.name()));
                    child.addAll(calls.options());
                    child.addAll(server.options());
                    figures.add(ChildJvm.run(List.of(), child, Pipeline.LIMIT.plus(calls.duration())));
                }
                table.row(
                        behind.name().toLowerCase(Locale.ROOT),
                        Table.time(figures.median("p50")),
                        Table.time(figures.median("p99")),
                        Table.time(figures.least("p99"), figures.most("p99")),
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
        Calls calls = Calls.chosen(arguments);
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
            int count = calls.in(calls.duration());
            int first = calls.in(calls.settled());
            long[] nanos = new long[count];
            LongAdder refused = new LongAdder();
            StampedeRun.of(
                    Workload.arrivals(Rate.perSecond(calls.rate()), calls.duration()),
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
            long[] judged = Arrays.copyOfRange(nanos, Math.min(first, count - 1), count);
            Arrays.sort(judged);
            ChildJvm.tell(
                    out,
                    Map.of(
                            "p50", at(judged, 0.5),
                            "p99", at(judged, 0.99),
                            "p999", at(judged, 0.999),
                            "max", at(judged, 1),
                            "stored", (double) stored / count,
                            "refused", (double) refused.sum() / count));
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
