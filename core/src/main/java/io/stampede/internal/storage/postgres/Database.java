package io.stampede.internal.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StorageUnavailableException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of connections to one Postgres, with the tables brought up to date. Thread-safe. */
public final class Database implements AutoCloseable {

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Work with one statement. */
    interface StatementWork<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    // Any number, as long as no other program on the database takes the same one for something else.
    private static final long INDEX_LOCK = 0x5354414d50454445L;
    private static final int MAX_INDEXED_DIMENSIONS = 2000;

    private static final String READ_ONLY = "25006";
    private static final List<String> ROW_REFUSED = List.of("22", "23", "44", "54", "P0");

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final boolean vectors;
    private final boolean iterativeScan;

    private Database(DatabaseSettings settings, HikariDataSource pool, boolean vectors, boolean iterativeScan) {
        this.settings = settings;
        this.pool = pool;
        this.vectors = vectors;
        this.iterativeScan = iterativeScan;
    }

    /**
     * Connects and brings the tables up to date.
     *
     * @throws StorageUnavailableException where Postgres does not answer; with its address and without the password
     * @throws StorageException where the tables cannot be brought up to date
     */
    public static Database open(DatabaseSettings settings) {
        probe(settings);
        HikariDataSource pool = new HikariDataSource(config(settings));
        try {
            migrate(settings, pool);
            try (Connection connection = pool.getConnection()) {
                boolean vectors = hasVectorColumn(connection);
                boolean iterativeScan = vectors && hasIterativeScan(connection);
                LOG.info("Embeddings are stored as {}", vectors ? "vector" : "real[]: pgvector is not there");
                return new Database(settings, pool, vectors, iterativeScan);
            } catch (SQLException e) {
                throw failure(settings, e);
            }
        } catch (Throwable e) {
            pool.close();
            throw e;
        }
    }

    /** How many numbers the model's vectors have; 0 where none was ever made here. */
    public int dimensions(String model) {
        return run("select dimensions from embedding_model where model = ?", statement -> {
            statement.setString(1, model);
            List<Integer> found = list(statement, rows -> rows.getInt(1));
            return found.isEmpty() ? 0 : found.get(0);
        });
    }

    /** Remembers how many numbers the model's vectors have and, with pgvector, makes the index for them. */
    public void prepare(String model, int dimensions) {
        run(connection -> {
            if (vectors) {
                createIndex(connection, dimensions);
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into embedding_model (model, dimensions) values (?, ?) on conflict do nothing")) {
                statement.setString(1, model);
                statement.setInt(2, dimensions);
                return statement.executeUpdate();
            }
        });
    }

    /** The pool, for reading. */
    public DataSource dataSource() {
        return pool;
    }

    /** Connections in use. */
    public int poolActive() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return bean == null ? 0 : bean.getActiveConnections();
    }

    /** Connections that the pool may have. */
    public int poolSize() {
        return settings.poolSize();
    }

    /**
     * Ends the statements that run just now with an error, in Postgres itself: closing their connections alone would leave
     * them there, to commit when whatever they wait for comes.
     *
     * @return whether Postgres could be told
     */
    public boolean cancelRunning() {
        String sql = "select pg_cancel_backend(pid) from pg_stat_activity"
                + " where application_name = ? and state = 'active' and pid <> pg_backend_pid()";
        try {
            run(sql, statement -> {
                statement.setString(1, pool.getDataSourceProperties().getProperty("ApplicationName"));
                return list(statement, rows -> rows.getBoolean(1));
            });
            return true;
        } catch (StorageException e) {
            LOG.warn("Running statements cannot be cancelled", e);
            return false;
        }
    }

    /** Gives up what still runs and closes every connection. */
    @Override
    public void close() {
        pool.close();
    }

    /** Whether embeddings are pgvector's; arrays otherwise. */
    boolean vectors() {
        return vectors;
    }

    /** Whether an index scan goes on until enough rows pass the filter (pgvector 0.8). */
    boolean iterativeScan() {
        return iterativeScan;
    }

    /**
     * Runs the work on a connection in auto-commit mode.
     *
     * @throws RowsRefusedException where the values are at fault
     * @throws StorageUnavailableException where Postgres does not answer, or cannot just now
     * @throws StorageException where Postgres answers with any other error
     */
    <T> T run(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return on(connection, work);
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    /** As {@link #run(Work)}, with the statement of this text. */
    <T> T run(String sql, StatementWork<T> work) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.with(statement);
            }
        });
    }

    private <T> T on(Connection connection, Work<T> work) throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            if (READ_ONLY.equals(e.getSQLState())) {
                // After a failover, or a spell of being read-only, the session stays so. A new one may not be.
                pool.evictConnection(connection);
            }
            throw e;
        }
    }

    private static void probe(DatabaseSettings settings) {
        Driver driver;
        try {
            driver = DriverManager.getDriver(settings.jdbcUrl());
        } catch (SQLException e) {
            // Without the cause: it could show the whole URL, password and all.
            throw new IllegalArgumentException(
                    "jdbcUrl must be like jdbc:postgresql://host:5432/database, but was " + settings.address());
        }
        Properties properties = new Properties();
        properties.putAll(config(settings).getDataSourceProperties());
        if (!settings.username().isEmpty()) {
            properties.setProperty("user", settings.username());
        }
        if (!settings.password().isEmpty()) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("loginTimeout", seconds(settings.connectTimeout().toSeconds()));
        try (Connection connection = driver.connect(settings.jdbcUrl(), properties)) {
            LOG.debug("Postgres at {} answers: {}", settings.address(), connection != null);
        } catch (SQLException e) {
            throw new StorageUnavailableException(
                    "Postgres at " + settings.address() + " cannot be reached: " + e.getMessage()
                            + " Start it, or correct jdbcUrl, username and password.",
                    e);
        }
    }

    private static HikariConfig config(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("stampede-pool");
        config.setJdbcUrl(settings.jdbcUrl());
        if (!settings.username().isEmpty()) {
            config.setUsername(settings.username());
        }
        if (!settings.password().isEmpty()) {
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(Math.max(250, settings.connectTimeout().toMillis()));
        config.setValidationTimeout(Math.max(250, Math.min(5000, config.getConnectionTimeout())));
        config.addDataSourceProperty("ApplicationName", "stampede-" + UUID.randomUUID());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty(
                "connectTimeout", seconds(settings.connectTimeout().toSeconds()));
        config.addDataSourceProperty(
                "socketTimeout", seconds(settings.answerTimeout().toSeconds()));
        return config;
    }

    /** Whole seconds, at least one: the driver takes zero as no limit. */
    private static String seconds(long seconds) {
        return Long.toString(Math.max(1, seconds));
    }

    private static void migrate(DatabaseSettings settings, DataSource pool) {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:io/stampede/internal/storage/postgres/migration")
                    // A history of its own, so that it lives beside an application's in one schema.
                    .table("stampede_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StorageException(
                    "The tables in " + settings.address() + " cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private static boolean hasVectorColumn(Connection connection) throws SQLException {
        String sql = "select format_type(atttypid, null) from pg_attribute"
                + " where attrelid = 'conversation_embedding'::regclass and attname = 'embedding'";
        return isTrue(connection, sql, rows -> rows.getString(1).endsWith("vector"));
    }

    private static boolean hasIterativeScan(Connection connection) throws SQLException {
        String sql = "select string_to_array(extversion, '.')::int[] >= '{0,8}' from pg_extension"
                + " where extname = 'vector'";
        return isTrue(connection, sql, rows -> rows.getBoolean(1));
    }

    private static boolean isTrue(Connection connection, String sql, Row<Boolean> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return list(statement, row).contains(true);
        }
    }

    private static void createIndex(Connection connection, int dimensions) throws SQLException {
        if (dimensions > MAX_INDEXED_DIMENSIONS) {
            LOG.warn(
                    "Vectors of {} dimensions cannot be indexed (at most {}): searches look at each one",
                    dimensions,
                    MAX_INDEXED_DIMENSIONS);
            return;
        }
        inTransaction(connection, () -> {
            try (Statement statement = connection.createStatement()) {
                // Storages that open together would otherwise both find the index missing.
                statement.execute("select pg_advisory_xact_lock(" + INDEX_LOCK + ")");
                return statement.execute("create index if not exists conversation_embedding_hnsw_" + dimensions
                        + " on conversation_embedding using hnsw ((embedding::vector(" + dimensions
                        + ")) vector_cosine_ops) where dimensions = " + dimensions);
            }
        });
    }

    static StorageException failure(DatabaseSettings settings, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String message = "Postgres at " + settings.address() + ": " + e.getMessage();
        // 22 data exception, 23 constraint, 44 check option, 54 limit exceeded, P0 a trigger's own: the row will be
        // refused
        // again, and others may not be.
        if (ROW_REFUSED.stream().anyMatch(state::startsWith)) {
            return new RowsRefusedException(message, e);
        }
        // Thrown by the pool: there is no connection, whatever the reason is that Postgres gave for it. 08 connection,
        // 25 read-only, 40 rolled back, 53 resources (a full disk is one), 55 and 57 not now, 58 input and output.
        boolean transientState = state.isEmpty()
                || e instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("25")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("55")
                || state.startsWith("57")
                || state.startsWith("58");
        return transientState ? new StorageUnavailableException(message, e) : new StorageException(message, e);
    }

    /** Several statements that take effect together, or not at all. */
    interface Statements<T> {
        T run() throws SQLException;
    }

    /** Runs the statements in one transaction; the connection is in auto-commit mode again afterwards. */
    static <T> T inTransaction(Connection connection, Statements<T> statements) throws SQLException {
        connection.setAutoCommit(false);
        T result;
        try {
            result = statements.run();
            connection.commit();
        } catch (Throwable e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException broken) {
                e.addSuppressed(broken); // the first error is the one to judge by
            }
            throw e;
        }
        connection.setAutoCommit(true);
        return result;
    }

    /** Runs the statement's query and reads each row. */
    static <T> List<T> list(PreparedStatement statement, Row<T> row) throws SQLException {
        List<T> list = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                list.add(row.read(rows));
            }
        }
        return list;
    }

    /** Reads the current row. */
    interface Row<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
