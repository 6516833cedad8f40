package io.stampede.benchmarks;

import io.stampede.ollama.EmbeddedOllama;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.http.ServerConfig;
import io.stampede.storage.http.StorageServer;
import io.stampede.storage.metrics.StorageStats;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How many conversations a second the service takes in, beside a handler that answers 202 to anything, by turns. */
final class Http {

    private static final String BARE = "bare handler that answers 202";

    private Http() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        Duration duration =
                arguments.duration("--duration", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofHours(1));
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 2, 0, 100);
        int threads = arguments.whole("--threads", 2, 1, 64);
        int connections = arguments.whole("--connections", 100, 1, 10_000);
        int capacity = arguments.whole("--queue-capacity", 10_000, 1, 1_000_000);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        Wrk wrk = new Wrk(threads, connections, duration);
        Figures answered = new Figures();
        Figures accepted = new Figures();
        Figures refused = new Figures();
        Figures stored = new Figures();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        String where;
        try (PostgresServer postgres = choice.start();
                EmbeddedOllama ollama = EmbeddedOllama.start();
                BareServer bare = BareServer.start();
                Service off = Service.start(postgres, ollama, 0, capacity);
                Service cached = Service.start(postgres, ollama, 2, capacity)) {
            where = postgres.name();
            contenders.put(BARE, new Contender(bare.uri(), null));
            contenders.put("the service, embeddings off", new Contender(off.uri(), off.pipeline()));
            contenders.put("the service, embeddings cached", new Contender(cached.uri(), cached.pipeline()));
            for (int round = -warmUp; round < rounds; round++) {
                for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                    Contender one = contender.getValue();
                    long before = one.stored();
                    Wrk.Answers answers = wrk.post(one.uri());
                    double storedPerSecond = (one.stored() - before) / answers.seconds();
                    one.settle(); // or the next one would pay for it
                    if (round >= 0) {
                        String name = contender.getKey();
                        answered.add(Map.of(name, answers.acceptedPerSecond() + answers.otherPerSecond()));
                        accepted.add(Map.of(name, answers.acceptedPerSecond()));
                        refused.add(Map.of(name, answers.otherPerSecond()));
                        stored.add(Map.of(name, storedPerSecond));
                    }
                }
            }
        }
        Table table = new Table(
                "Requests a second over HTTP",
                String.format(
                        Locale.ROOT,
                        "%s; up to %,d conversations wait; wrk with %d threads and %d connections for %d s on the same"
                                + " machine; rounds: %d after %d to warm up, by turns, median.",
                        where,
                        capacity,
                        threads,
                        connections,
                        duration.toSeconds(),
                        rounds,
                        warmUp),
                "",
                "answered a second",
                "least to most",
                "of them 202",
                "429",
                "stored a second meanwhile",
                "answered, against the bare handler",
                "202, against the bare handler");
        for (String name : contenders.keySet()) {
            table.row(
                    name,
                    Table.number(answered.median(name)),
                    Table.number(answered.least(name), answered.most(name)),
                    Table.number(accepted.median(name)),
                    Table.number(refused.median(name)),
                    name.equals(BARE) ? "-" : Table.number(stored.median(name)),
                    Table.ratio(answered.median(name) / answered.median(BARE)),
                    Table.ratio(accepted.median(name) / accepted.median(BARE)));
        }
        table.print(out);
    }

    /** Whom wrk asks, and what is behind it; null for nothing. */
    private record Contender(URI uri, @Nullable Pipeline pipeline) {

        long stored() {
            return pipeline == null ? 0 : pipeline.storage().stats().stored();
        }

        void settle() {
            if (pipeline == null) {
                return;
            }
            ConversationStorage storage = pipeline.storage();
            if (storage.config().embedders() > 0) {
                pipeline.awaitIdle();
                return;
            }
            long begin = System.nanoTime();
            for (StorageStats stats = storage.stats(); stats.queued() + stats.storing() > 0; stats = storage.stats()) {
                if (System.nanoTime() - begin > Pipeline.LIMIT.toNanos()) {
                    throw new IllegalStateException("Not stored after " + Pipeline.LIMIT + ": " + stats);
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** The service on a storage with a database of its own. */
    private record Service(Pipeline pipeline, StorageServer server) implements Closeable {

        static Service start(PostgresServer postgres, EmbeddedOllama ollama, int embedders, int capacity)
                throws IOException, SQLException {
            Pipeline pipeline = Pipeline.open(
                    postgres,
                    ollama.uri(),
                    config -> config.embedders(embedders).queueCapacity(capacity));
            try {
                ServerConfig config = ServerConfig.builder().port(0).build();
                return new Service(pipeline, StorageServer.start(config, pipeline.storage()));
            } catch (RuntimeException e) {
                pipeline.close();
                throw e;
            }
        }

        URI uri() {
            return server.uri().resolve("/api/conversations");
        }

        @Override
        public void close() throws IOException {
            server.close();
            pipeline.close();
        }
    }
}
