package io.stampede.benchmarks;

import io.stampede.benchmarks.WritePaths.WritePath;
import io.stampede.internal.storage.postgres.AcceptedConversation;
import io.stampede.internal.storage.postgres.ConversationTable;
import io.stampede.internal.storage.postgres.Database;
import io.stampede.internal.storage.postgres.DatabaseSettings;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How fast one connection can write conversations and their jobs, by each way and size of batch, by turns. */
final class WritePathTable {

    private WritePathTable() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int rows = arguments.whole("--rows", 20_000, 100, 1_000_000);
        List<Integer> sizes = arguments.wholes("--batches", "1,10,50,100,200,500,1000", 1, 10_000);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 1, 0, 100);
        PostgresServer.Choice choice = PostgresServer.chosen(arguments);
        arguments.end();

        try (PostgresServer server = choice.start()) {
            String url = server.newDatabase();
            try (Database database = Database.open(settings(server, url));
                    Connection connection =
                            server.connect(url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true")) {
                measure(
                        new Comparison(database, connection, rows, sizes),
                        rounds,
                        warmUp,
                        server.name() + "; " + String.format(Locale.ROOT, "%,d rows", rows),
                        out);
            } finally {
                server.drop(url);
            }
        }
    }

    static DatabaseSettings settings(PostgresServer server, String url) {
        return new DatabaseSettings(
                url, server.user(), server.password(), 4, Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    private static void measure(Comparison comparison, int rounds, int warmUp, String where, PrintStream out)
            throws Exception {
        for (int round = -warmUp; round < rounds; round++) {
            comparison.round(round >= 0);
        }
        String[] columns = new String[comparison.sizes.size() + 2];
        columns[0] = "rows a second";
        columns[1] = "in one go";
        for (int i = 0; i < comparison.sizes.size(); i++) {
            columns[i + 2] = "batches of " + comparison.sizes.get(i);
        }
        Table table = new Table(
                "Write paths",
                where + ", one connection; rounds: " + rounds + " after " + warmUp + " to warm up, by turns, median.",
                columns);
        comparison.print(table);
        table.print(out);
    }

    /** All ways, and what was measured of them. */
    private static final class Comparison {
        private final ConversationTable table;
        private final Connection connection;
        private final int rows;
        private final List<Integer> sizes;
        private final Map<String, WritePath> paths = new LinkedHashMap<>();
        private final Figures perSecond = new Figures();

        Comparison(Database database, Connection connection, int rows, List<Integer> sizes) {
            this.table = new ConversationTable(database);
            this.connection = connection;
            this.rows = rows;
            this.sizes = sizes;
            paths.put("COPY, binary", WritePaths::binaryCopy);
            paths.put("COPY, binary, jobs by insert", WritePaths::binaryCopyAndInsert);
            paths.put("COPY, text", WritePaths::textCopy);
            paths.put("insert with unnest", (with, batch) -> WritePaths.unnest(with, batch));
            paths.put("JDBC batch, reWriteBatchedInserts", (with, batch) -> WritePaths.jdbcBatch(with, batch));
            paths.put("what the storage does", (with, batch) -> table.store(batch));
        }

        void round(boolean counts) throws Exception {
            time("COPY of the conversations alone", rows, counts, WritePaths::copyConversations);
            for (Map.Entry<String, WritePath> path : paths.entrySet()) {
                for (int size : sizes) {
                    time(key(path.getKey(), size), size, counts, path.getValue());
                }
            }
        }

        private static String key(String path, int size) {
            return path + " " + size;
        }

        private void time(String key, int size, boolean counts, WritePath path) throws Exception {
            try (Statement statement = connection.createStatement()) {
                statement.execute("truncate conversation cascade");
                statement.execute("checkpoint"); // nobody pays for the pages of the one before
            }
            // Small batches are slow: fewer of them say as much.
            List<AcceptedConversation> batch = Sample.rows(Math.min(rows, Math.max(100, size * 200)));
            long begin = System.nanoTime();
            for (int i = 0; i < batch.size(); i += size) {
                path.write(connection, batch.subList(i, Math.min(batch.size(), i + size)));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (counts) {
                perSecond.add(Map.of(key, batch.size() / seconds));
            }
        }

        void print(Table to) {
            String[] yardstick = new String[sizes.size() + 2];
            Arrays.fill(yardstick, "");
            yardstick[0] = "COPY of the conversations alone";
            yardstick[1] = Table.number(perSecond.median(yardstick[0]));
            to.row(yardstick);
            for (String path : paths.keySet()) {
                String[] cells = new String[sizes.size() + 2];
                cells[0] = path;
                cells[1] = "";
                for (int i = 0; i < sizes.size(); i++) {
                    cells[i + 2] = Table.number(perSecond.median(key(path, sizes.get(i))));
                }
                to.row(cells);
            }
        }
    }
}
