package io.stampede.benchmarks;

import io.stampede.ollama.EmbeddedOllama;
import io.stampede.storage.http.ServerConfig;
import io.stampede.storage.http.StorageServer;
import io.stampede.storage.metrics.StorageStats;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** How many conversations a second the service takes in, beside a handler that answers 202 to anything. */
final class Http {

    private static final String BARE = "bare handler that answers 202";
    private static final String SERVICE = "the service, POST /api/conversations";
    private static final String FULL = "429";
    private static final String STORED = "stored";

    private Http() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        Duration duration =
                arguments.duration("--duration", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofHours(1));
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 2, 0, 100);
        int threads = arguments.whole("--threads", 2, 1, 64);
        int connections = arguments.whole("--connections", 100, 1, 10_000);
        int embedders = arguments.whole("--embedders", 2, 0, 64);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        Wrk wrk = new Wrk(threads, connections, duration);
        Figures perSecond = new Figures();
        String where;
        try (PostgresServer postgres = choice.start();
                EmbeddedOllama ollama = EmbeddedOllama.start();
                Pipeline pipeline = Pipeline.open(postgres, ollama, config -> config.embedders(embedders));
                StorageServer service =
                        StorageServer.start(ServerConfig.builder().port(0).build(), pipeline.storage());
                BareServer bare = BareServer.start()) {
            where = postgres.name();
            URI conversations = service.uri().resolve("/api/conversations");
            for (int round = -warmUp; round < rounds; round++) {
                Wrk.Answers fromBare = wrk.post(bare.uri());
                StorageStats before = pipeline.storage().stats();
                Wrk.Answers answers = wrk.post(conversations);
                StorageStats after = pipeline.storage().stats();
                awaitStored(pipeline); // or the next round of the other would pay for it
                if (round >= 0) {
                    perSecond.add(Map.of(
                            BARE,
                            fromBare.acceptedPerSecond(),
                            SERVICE,
                            answers.acceptedPerSecond(),
                            FULL,
                            answers.otherPerSecond(),
                            STORED,
                            (after.stored() - before.stored()) / answers.seconds()));
                }
            }
        }
        Table table = new Table(
                "Requests a second over HTTP",
                String.format(
                        Locale.ROOT,
                        "%s; embeddings %s; wrk with %d threads and %d connections for %d s on the same machine; rounds: %d"
                                + " after %d to warm up, by turns, median.",
                        where,
                        embedders == 0 ? "off" : "cached",
                        threads,
                        connections,
                        duration.toSeconds(),
                        rounds,
                        warmUp),
                "",
                "answered 202, a second",
                "least to most",
                "answered otherwise (429), a second",
                "stored meanwhile, a second",
                "against the bare handler");
        for (String name : new String[] {BARE, SERVICE}) {
            boolean service = name.equals(SERVICE);
            table.row(
                    name,
                    Table.number(perSecond.median(name)),
                    Table.number(perSecond.least(name)) + " to " + Table.number(perSecond.most(name)),
                    service ? Table.number(perSecond.median(FULL)) : "-",
                    service ? Table.number(perSecond.median(STORED)) : "-",
                    Table.ratio(perSecond.median(name) / perSecond.median(BARE)));
        }
        table.print(out);
    }

    private static void awaitStored(Pipeline pipeline) {
        if (pipeline.storage().config().embedders() > 0) {
            pipeline.awaitIdle();
            return;
        }
        long begin = System.nanoTime();
        StorageStats stats = pipeline.storage().stats();
        while (stats.queued() + stats.storing() > 0 && System.nanoTime() - begin < Pipeline.LIMIT.toNanos()) {
            LockSupport.parkNanos(1_000_000);
            stats = pipeline.storage().stats();
        }
    }
}
