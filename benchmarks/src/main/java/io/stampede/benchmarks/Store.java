package io.stampede.benchmarks;

import io.stampede.internal.storage.postgres.AcceptedConversation;
import io.stampede.ollama.EmbeddedOllama;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.StorageConfig;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.QueueFullException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** How many conversations a second the storage commits, against COPY of the same rows, by turns in one JVM. */
final class Store {

    private static final int TEXTS = 50;
    private static final String COPY = "COPY, one connection";
    private static final String COPY_BOTH = "COPY, one connection, conversations and jobs";

    private Store() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int rows = arguments.whole("--rows", 100_000, 100, 150_000);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 2, 0, 100);
        int writers = arguments.whole("--writers", 4, 1, 64);
        int batchSize = arguments.whole("--batch-size", 1000, 10, 1000);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        UnaryOperator<StorageConfig.Builder> settings =
                config -> config.writers(writers).batchSize(batchSize);
        Figures perSecond = new Figures();
        Figures cpu = new Figures();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        String where;
        try (PostgresServer server = choice.start();
                EmbeddedOllama ollama = EmbeddedOllama.start()) {
            where = server.name();
            contenders.put(COPY, () -> copy(server, ollama.uri(), rows, WritePaths::copyConversations));
            contenders.put(COPY_BOTH, () -> copy(server, ollama.uri(), rows, WritePaths::binaryCopy));
            contenders.put(
                    "the storage, embeddings off",
                    () -> store(
                            server,
                            ollama.uri(),
                            rows,
                            config -> settings.apply(config).embedders(0)));
            contenders.put("the storage, embeddings cached", () -> store(server, ollama.uri(), rows, settings));
            for (int round = -warmUp; round < rounds; round++) {
                for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                    System.gc(); // nobody pays for the garbage of the one before
                    Measured measured = contender.getValue().measure();
                    if (round >= 0) {
                        perSecond.add(Map.of(contender.getKey(), measured.perSecond()));
                        cpu.add(Map.of(contender.getKey(), measured.cpuNanosPerOperation()));
                    }
                }
            }
        }
        Table table = new Table(
                "Conversations stored a second",
                String.format(
                        Locale.ROOT,
                        "%s; %,d conversations, %d writers, batches up to %d; rounds: %d after %d to warm up, by turns,"
                                + " median.",
                        where,
                        rows,
                        writers,
                        batchSize,
                        rounds,
                        warmUp),
                "",
                "stored a second",
                "least to most",
                "against COPY",
                "against COPY of both",
                "CPU each, without Postgres");
        for (String name : contenders.keySet()) {
            table.row(
                    name,
                    Table.number(perSecond.median(name)),
                    Table.number(perSecond.least(name), perSecond.most(name)),
                    Table.ratio(perSecond.median(name) / perSecond.median(COPY)),
                    Table.ratio(perSecond.median(name) / perSecond.median(COPY_BOTH)),
                    Table.time(cpu.median(name)));
        }
        table.print(out);
    }

    private static Measured copy(PostgresServer server, URI ollama, int rows, WritePaths.WritePath path)
            throws Exception {
        try (Pipeline pipeline = Pipeline.open(server, ollama, config -> config.embedders(0));
                Connection connection = server.connect(pipeline.url())) {
            List<AcceptedConversation> batch = Sample.rows(rows);
            settle(connection);
            double cpu = Surroundings.cpuSeconds();
            long begin = System.nanoTime();
            path.write(connection, batch);
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Measured(rows, seconds, Surroundings.cpuSeconds() - cpu);
        }
    }

    /** From the first call of queue until the last conversation is committed. */
    private static Measured store(
            PostgresServer server, URI ollama, int rows, UnaryOperator<StorageConfig.Builder> settings)
            throws Exception {
        try (Pipeline pipeline = Pipeline.open(server, ollama, settings);
                Connection connection = server.connect(pipeline.url())) {
            ConversationStorage storage = pipeline.storage();
            if (storage.config().embedders() > 0) {
                fillCache(pipeline);
            }
            List<Conversation> conversations = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                conversations.add(Sample.conversation(i, summary(i)));
            }
            settle(connection);
            long before = storage.stats().stored();
            double cpu = Surroundings.cpuSeconds();
            long begin = System.nanoTime();
            conversations.forEach(conversation -> queue(pipeline, conversation));
            while (storage.stats().stored() < before + rows) {
                pipeline.rest(begin);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Measured(rows, seconds, Surroundings.cpuSeconds() - cpu);
        }
    }

    static void fillCache(Pipeline pipeline) {
        for (int i = 0; i < TEXTS; i++) {
            pipeline.storage().queue(Sample.conversation(i, summary(i)));
        }
        pipeline.awaitIdle();
    }

    static String summary(int index) {
        return "Asks for the answer to question " + index % TEXTS + ".";
    }

    /** As a caller does who must not lose any: tries again when there is room. */
    private static void queue(Pipeline pipeline, Conversation conversation) {
        long begin = System.nanoTime();
        while (true) {
            try {
                pipeline.storage().queue(conversation);
                return;
            } catch (QueueFullException e) {
                pipeline.rest(begin);
            }
        }
    }

    /** Nobody pays for the pages of the one before. */
    private static void settle(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
        TimeUnit.MILLISECONDS.sleep(200);
    }

    @FunctionalInterface
    private interface Contender {
        Measured measure() throws Exception;
    }
}
