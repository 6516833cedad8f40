package io.stampede.benchmarks;

import io.stampede.ollama.EmbeddedOllama;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** How many embeddings a second the storage makes, against a plain client of the same Ollama, by turns in one JVM. */
final class Embed {

    private Embed() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int texts = arguments.whole("--texts", 3_000, 10, 100_000);
        List<Integer> batches = arguments.wholes("--batches", "8,32,128", 1, 1000);
        List<Integer> clients = arguments.wholes("--clients", "1,2,4", 1, 64);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 1, 0, 100);
        String ollamaUrl = arguments.text("--ollama-url", "");
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        Figures perSecond = new Figures();
        String where;
        try (PostgresServer server = choice.start();
                EmbeddedOllama embedded = EmbeddedOllama.start()) {
            URI ollama = ollamaUrl.isEmpty() ? embedded.uri() : URI.create(ollamaUrl);
            where = server.name() + ", " + (ollamaUrl.isEmpty() ? "embedded Ollama" : "the Ollama at --ollama-url");
            PlainClient client = new PlainClient(ollama);
            for (int round = -warmUp; round < rounds; round++) {
                boolean counts = round >= 0;
                double before = client.perSecond(distinct(texts / 4), 32, 2);
                for (int batch : batches) {
                    for (int threads : clients) {
                        measured(
                                perSecond,
                                counts,
                                key(batch, threads),
                                client.perSecond(distinct(texts), batch, threads));
                    }
                }
                measured(perSecond, counts, STORAGE, stored(server, ollama, texts));
                // The model is the bottleneck: where this differs, the machine was not the same throughout.
                double after = client.perSecond(distinct(texts / 4), 32, 2);
                measured(perSecond, counts, "drift", after / before);
            }
        }
        print(perSecond, texts, batches, clients, where, rounds, warmUp, out);
    }

    private static final String STORAGE = "the storage";

    private static String key(int batch, int threads) {
        return "plain client, " + batch + " texts a request, " + threads + " at once";
    }

    private static void measured(Figures figures, boolean counts, String name, double value) {
        if (counts) {
            figures.add(Map.of(name, value));
        }
    }

    private static void print(
            Figures perSecond,
            int texts,
            List<Integer> batches,
            List<Integer> clients,
            String where,
            int rounds,
            int warmUp,
            PrintStream out) {
        double best = 0;
        for (int batch : batches) {
            for (int threads : clients) {
                best = Math.max(best, perSecond.median(key(batch, threads)));
            }
        }
        Table table = new Table(
                "Embeddings a second",
                String.format(
                        Locale.ROOT,
                        "%s; %,d different texts; rounds: %d after %d to warm up, by turns, median. A plain client at a"
                                + " round's end reached %s of what it did at its beginning.",
                        where,
                        texts,
                        rounds,
                        warmUp,
                        Table.percent(perSecond.median("drift"))),
                "",
                "embedded a second",
                "least to most",
                "against the best plain client");
        for (int batch : batches) {
            for (int threads : clients) {
                row(table, perSecond, key(batch, threads), best);
            }
        }
        row(table, perSecond, STORAGE, best);
        table.print(out);
    }

    private static void row(Table table, Figures perSecond, String name, double best) {
        table.row(
                name,
                Table.number(perSecond.median(name)),
                Table.number(perSecond.least(name), perSecond.most(name)),
                Table.ratio(perSecond.median(name) / best));
    }

    /** From the first call of queue until the last embedding is committed. */
    private static double stored(PostgresServer server, URI ollama, int texts) throws Exception {
        List<String> summaries = distinct(texts);
        try (Pipeline pipeline = Pipeline.open(server, ollama, config -> config.queueCapacity(100_000))) {
            long begin = System.nanoTime();
            for (int i = 0; i < texts; i++) {
                pipeline.storage().queue(Sample.conversation(i, summaries.get(i)));
            }
            while (pipeline.storage().stats().completed() < texts) {
                pipeline.rest(begin);
            }
            return texts / ((System.nanoTime() - begin) / 1e9);
        }
    }

    /** Of about the same length, none used before. */
    private static List<String> distinct(int count) {
        String salt = UUID.randomUUID().toString().substring(0, 8);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add("Asks where order " + salt + " number " + i + " is, and when it will be delivered at last.");
        }
        return texts;
    }
}
