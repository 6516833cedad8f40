package io.stampede.storage;

import io.stampede.internal.storage.Bounds;
import io.stampede.internal.storage.embedding.OllamaSettings;
import io.stampede.internal.storage.postgres.DatabaseSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a storage is set up. Immutable; made by {@link #builder()}, which says more of each part and its default, or from
 * another one by {@link #from(StorageConfig)}.
 *
 * @param jdbcUrl where Postgres is
 * @param username the database user; empty where the URL says it
 * @param password the database user's password; empty where the URL says it, or none is asked for
 * @param ollamaUrl where Ollama is
 * @param model the embedding model
 * @param pullModel whether a model that Ollama does not have is pulled, once
 * @param requireOllama whether a first opening fails where Ollama is away or has no such model
 * @param queueCapacity how many conversations may wait to be stored
 * @param minBatchSize the most conversations in one transaction when there is little to do
 * @param batchSize the most conversations in one transaction under pressure
 * @param minDelay how long a conversation waits for company when there is little to do
 * @param maxDelay how long a conversation waits for its batch to fill under pressure
 * @param writers threads that store
 * @param embedders threads that embed
 * @param embedBatchSize the most texts in one request to Ollama
 * @param poolSize database connections
 * @param cacheBytes how many bytes the cache of embeddings may take, roughly; 0 for no cache
 * @param maxAttempts how often an embedding is tried before its job is parked
 * @param breakerFailures failures of Ollama in a row that open the circuit breaker
 * @param breakerDelay how long an open breaker keeps Ollama from being asked
 * @param retryDelay wait before the first repeat of what failed; it doubles from there
 * @param connectTimeout how long to wait for a connection to Postgres or Ollama
 * @param storeTimeout how long storing is repeated while Postgres is away
 * @param embedTimeout how long one request for embeddings may take
 * @param pullTimeout how long pulling the model may take
 * @param lease how long a claimed job is kept from other processes
 * @param closeTimeout how long {@link ConversationStorage#close()} drains
 * @since 0.1
 */
public record StorageConfig(
        String jdbcUrl,
        String username,
        String password,
        URI ollamaUrl,
        String model,
        boolean pullModel,
        boolean requireOllama,
        int queueCapacity,
        int minBatchSize,
        int batchSize,
        Duration minDelay,
        Duration maxDelay,
        int writers,
        int embedders,
        int embedBatchSize,
        int poolSize,
        long cacheBytes,
        int maxAttempts,
        int breakerFailures,
        Duration breakerDelay,
        Duration retryDelay,
        Duration connectTimeout,
        Duration storeTimeout,
        Duration embedTimeout,
        Duration pullTimeout,
        Duration lease,
        Duration closeTimeout) {

    /**
     * Checks every part. Meant for {@link Builder#build()}: a caller's own is better made by a builder.
     *
     * @param jdbcUrl starts with {@code jdbc:postgresql:}
     * @param username not null
     * @param password not null
     * @param ollamaUrl with a host, over http or https
     * @param model not blank
     * @param pullModel either
     * @param requireOllama either
     * @param queueCapacity 1 to 1,000,000
     * @param minBatchSize 1 to {@code batchSize}
     * @param batchSize 10 to 1000
     * @param minDelay zero to {@code maxDelay}
     * @param maxDelay zero to a minute
     * @param writers 1 to 64
     * @param embedders 0 to 64
     * @param embedBatchSize 1 to 1000
     * @param poolSize 2 to 500
     * @param cacheBytes at least 0
     * @param maxAttempts 1 to 1000
     * @param breakerFailures 1 to 1000
     * @param breakerDelay 1 ms to an hour
     * @param retryDelay 1 ms to 10 min
     * @param connectTimeout 250 ms to a minute
     * @param storeTimeout 100 ms to an hour
     * @param embedTimeout 100 ms to an hour
     * @param pullTimeout 1 s to 6 h
     * @param lease {@code embedTimeout} to a day
     * @param closeTimeout zero to an hour
     * @throws IllegalArgumentException naming the part, the rule and the value
     */
    public StorageConfig {
        if (jdbcUrl == null || !jdbcUrl.startsWith("jdbc:postgresql:")) {
            String start = jdbcUrl == null ? "missing" : jdbcUrl.replaceFirst("(?s)^([^/?@]{0,40}).*", "$1...");
            throw new IllegalArgumentException("jdbcUrl must start with jdbc:postgresql:, but was " + start);
        }
        if (ollamaUrl == null || ollamaUrl.getHost() == null || !isHttp(ollamaUrl)) {
            throw new IllegalArgumentException("ollamaUrl must be like http://host:11434, but was "
                    + (ollamaUrl == null
                            ? "missing"
                            : "of scheme " + ollamaUrl.getScheme() + " and host " + ollamaUrl.getHost()));
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must not be blank");
        }
        Bounds.check("queueCapacity", queueCapacity, 1, 1_000_000);
        Bounds.check("batchSize", batchSize, 10, 1000);
        Bounds.check("minBatchSize", minBatchSize, 1, batchSize);
        Bounds.check("writers", writers, 1, 64);
        Bounds.check("embedders", embedders, 0, 64);
        Bounds.check("embedBatchSize", embedBatchSize, 1, 1000);
        Bounds.check("poolSize", poolSize, 2, 500);
        Bounds.check("cacheBytes", cacheBytes, 0, Long.MAX_VALUE);
        Bounds.check("maxAttempts", maxAttempts, 1, 1000);
        Bounds.check("breakerFailures", breakerFailures, 1, 1000);
        Bounds.check("maxDelay", maxDelay, Duration.ZERO, Duration.ofMinutes(1));
        Bounds.check("minDelay", minDelay, Duration.ZERO, maxDelay);
        Bounds.check("breakerDelay", breakerDelay, Duration.ofMillis(1), Duration.ofHours(1));
        Bounds.check("retryDelay", retryDelay, Duration.ofMillis(1), Duration.ofMinutes(10));
        Bounds.check("connectTimeout", connectTimeout, Duration.ofMillis(250), Duration.ofMinutes(1));
        Bounds.check("storeTimeout", storeTimeout, Duration.ofMillis(100), Duration.ofHours(1));
        Bounds.check("embedTimeout", embedTimeout, Duration.ofMillis(100), Duration.ofHours(1));
        Bounds.check("pullTimeout", pullTimeout, Duration.ofSeconds(1), Duration.ofHours(6));
        Bounds.check("lease", lease, embedTimeout, Duration.ofDays(1));
        Bounds.check("closeTimeout", closeTimeout, Duration.ZERO, Duration.ofHours(1));
    }

    /**
     * A builder with every default set; {@code jdbcUrl} and {@code ollamaUrl} have none.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder with every part as it is in another configuration, for one that differs in few: {@code
     * StorageConfig.from(base).writers(8).build()}. A pool of connections that was left to follow the number of threads
     * still does.
     *
     * @param base stays as it is
     * @return a new builder
     */
    public static Builder from(StorageConfig base) {
        return new Builder(base);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StorageConfig[" + database().address() + ", ollama=" + ollamaUrl.getHost() + ":" + ollamaUrl.getPort()
                + ", model=" + model + ", queueCapacity=" + queueCapacity + ", batchSize=" + minBatchSize + ".."
                + batchSize + ", delay="
                + minDelay + ".." + maxDelay + ", writers=" + writers + ", embedders=" + embedders + ", poolSize="
                + poolSize + "]";
    }

    DatabaseSettings database() {
        // An answer that takes longer than a conversation may wait for Postgres is of no use any more.
        return new DatabaseSettings(jdbcUrl, username, password, poolSize, connectTimeout, storeTimeout);
    }

    OllamaSettings ollama() {
        return new OllamaSettings(
                ollamaUrl,
                model,
                pullModel,
                connectTimeout,
                embedTimeout,
                pullTimeout,
                retryDelay,
                breakerFailures,
                breakerDelay,
                cacheBytes);
    }

    private static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    /**
     * Collects the parts of a configuration. For one thread at a time.
     *
     * @since 0.1
     */
    public static final class Builder {

        private @Nullable String jdbcUrl;
        private String username = "";
        private String password = "";
        private @Nullable URI ollamaUrl;
        private String model = "all-minilm";
        private boolean pullModel = true;
        private boolean requireOllama = true;
        private int queueCapacity = 10_000;
        private int minBatchSize = 10;
        private int batchSize = 1000;
        private Duration minDelay = Duration.ZERO;
        private Duration maxDelay = Duration.ofMillis(20);
        private int writers = 4;
        private int embedders = 2;
        private int embedBatchSize = 32;
        private int poolSize;
        private long cacheBytes = 64L << 20;
        private int maxAttempts = 5;
        private int breakerFailures = 5;
        private Duration breakerDelay = Duration.ofSeconds(5);
        private Duration retryDelay = Duration.ofMillis(200);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration storeTimeout = Duration.ofSeconds(30);
        private Duration embedTimeout = Duration.ofSeconds(30);
        private Duration pullTimeout = Duration.ofMinutes(10);
        private Duration lease = Duration.ofMinutes(2);
        private Duration closeTimeout = Duration.ofSeconds(10);

        private Builder() {}

        private Builder(StorageConfig base) {
            this.jdbcUrl = base.jdbcUrl;
            this.username = base.username;
            this.password = base.password;
            this.ollamaUrl = base.ollamaUrl;
            this.model = base.model;
            this.pullModel = base.pullModel;
            this.requireOllama = base.requireOllama;
            this.queueCapacity = base.queueCapacity;
            this.minBatchSize = base.minBatchSize;
            this.batchSize = base.batchSize;
            this.minDelay = base.minDelay;
            this.maxDelay = base.maxDelay;
            this.writers = base.writers;
            this.embedders = base.embedders;
            this.embedBatchSize = base.embedBatchSize;
            this.cacheBytes = base.cacheBytes;
            this.maxAttempts = base.maxAttempts;
            this.breakerFailures = base.breakerFailures;
            this.breakerDelay = base.breakerDelay;
            this.retryDelay = base.retryDelay;
            this.connectTimeout = base.connectTimeout;
            this.storeTimeout = base.storeTimeout;
            this.embedTimeout = base.embedTimeout;
            this.pullTimeout = base.pullTimeout;
            this.lease = base.lease;
            this.closeTimeout = base.closeTimeout;
            this.poolSize = base.poolSize == threadsAndReaders() ? 0 : base.poolSize;
        }

        /**
         * Where Postgres is: {@code jdbc:postgresql://host:5432/database}. Required.
         *
         * @param url its address
         * @return this builder
         */
        public Builder jdbcUrl(String url) {
            this.jdbcUrl = url;
            return this;
        }

        /**
         * The database user. Default: whatever the URL says.
         *
         * @param name its name
         * @return this builder
         */
        public Builder username(String name) {
            this.username = name;
            return this;
        }

        /**
         * The database user's password. Default: whatever the URL says. Shown nowhere.
         *
         * @param secret the secret itself
         * @return this builder
         */
        public Builder password(String secret) {
            this.password = secret;
            return this;
        }

        /**
         * Where Ollama is: {@code http://host:11434}. Required.
         *
         * @param url its address
         * @return this builder
         */
        public Builder ollamaUrl(URI url) {
            this.ollamaUrl = url;
            return this;
        }

        /**
         * The embedding model. Default {@code all-minilm}.
         *
         * @param name its name
         * @return this builder
         */
        public Builder model(String name) {
            this.model = name;
            return this;
        }

        /**
         * Whether a model that Ollama does not have is pulled, once. Default true.
         *
         * @param allowed true to allow it
         * @return this builder
         */
        public Builder pullModel(boolean allowed) {
            this.pullModel = allowed;
            return this;
        }

        /**
         * Whether a first opening fails where Ollama is away or has no such model. Where false, and on a database that has
         * seen embeddings of the model before, conversations are stored meanwhile, and embedded when Ollama is there.
         * Default true.
         *
         * @param required true to require it
         * @return this builder
         */
        public Builder requireOllama(boolean required) {
            this.requireOllama = required;
            return this;
        }

        /**
         * How many conversations may wait to be stored, 1 to 1,000,000. Default 10,000.
         *
         * @param conversations how many
         * @return this builder
         */
        public Builder queueCapacity(int conversations) {
            this.queueCapacity = conversations;
            return this;
        }

        /**
         * The most conversations stored in one transaction when there is little to do, 1 to batchSize. Default 10.
         *
         * @param conversations how many
         * @return this builder
         */
        public Builder minBatchSize(int conversations) {
            this.minBatchSize = conversations;
            return this;
        }

        /**
         * The most conversations stored in one transaction under pressure, 10 to 1000. Default 1000.
         *
         * @param conversations how many
         * @return this builder
         */
        public Builder batchSize(int conversations) {
            this.batchSize = conversations;
            return this;
        }

        /**
         * How long a conversation waits for company when there is little to do, up to maxDelay. Default zero.
         *
         * @param delay how long
         * @return this builder
         */
        public Builder minDelay(Duration delay) {
            this.minDelay = delay;
            return this;
        }

        /**
         * How long a conversation waits for its batch to fill under pressure, up to a minute. Default 20 ms.
         *
         * @param delay how long
         * @return this builder
         */
        public Builder maxDelay(Duration delay) {
            this.maxDelay = delay;
            return this;
        }

        /**
         * Threads that store, 1 to 64. More than processors pay, since each waits for Postgres half of its time. Default 4.
         *
         * @param threads how many
         * @return this builder
         */
        public Builder writers(int threads) {
            this.writers = threads;
            return this;
        }

        /**
         * Threads that embed, 0 to 64. With 0 this storage makes no embeddings: others on the same database do, and
         * closing this one waits for none. Default 2.
         *
         * @param threads how many
         * @return this builder
         */
        public Builder embedders(int threads) {
            this.embedders = threads;
            return this;
        }

        /**
         * The most texts in one request to Ollama, 1 to 1000. Default 32.
         *
         * @param texts how many
         * @return this builder
         */
        public Builder embedBatchSize(int texts) {
            this.embedBatchSize = texts;
            return this;
        }

        /**
         * Database connections, 2 to 500. Default: one for each thread that stores or embeds, and four to read.
         *
         * @param connections how many
         * @return this builder
         */
        public Builder poolSize(int connections) {
            this.poolSize = connections;
            return this;
        }

        /**
         * How much memory the cache of embeddings may take, roughly; 0 for no cache. Default 64 MiB.
         *
         * @param bytes how many
         * @return this builder
         */
        public Builder cacheBytes(long bytes) {
            this.cacheBytes = bytes;
            return this;
        }

        /**
         * How often an embedding is tried before its job is parked, 1 to 1000. Default 5.
         *
         * @param attempts how many
         * @return this builder
         */
        public Builder maxAttempts(int attempts) {
            this.maxAttempts = attempts;
            return this;
        }

        /**
         * Failures of Ollama in a row that open the circuit breaker, 1 to 1000. Default 5.
         *
         * @param failures how many
         * @return this builder
         */
        public Builder breakerFailures(int failures) {
            this.breakerFailures = failures;
            return this;
        }

        /**
         * How long an open breaker keeps Ollama from being asked, 1 ms to an hour. Default 5 s.
         *
         * @param delay how long
         * @return this builder
         */
        public Builder breakerDelay(Duration delay) {
            this.breakerDelay = delay;
            return this;
        }

        /**
         * Wait before the first repeat of what failed, 1 ms to 10 min; it doubles from there. Default 200 ms.
         *
         * @param delay how long
         * @return this builder
         */
        public Builder retryDelay(Duration delay) {
            this.retryDelay = delay;
            return this;
        }

        /**
         * How long to wait for a connection to Postgres or Ollama, 250 ms to a minute. Default 5 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = timeout;
            return this;
        }

        /**
         * How long storing is repeated while Postgres is away, 100 ms to an hour. Default 30 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder storeTimeout(Duration timeout) {
            this.storeTimeout = timeout;
            return this;
        }

        /**
         * How long one request for embeddings may take, loading the model included, 100 ms to an hour. Default 30 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder embedTimeout(Duration timeout) {
            this.embedTimeout = timeout;
            return this;
        }

        /**
         * How long pulling the model may take, 1 s to 6 h. Default 10 min.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder pullTimeout(Duration timeout) {
            this.pullTimeout = timeout;
            return this;
        }

        /**
         * How long a claimed job is kept from other processes: how soon it is taken up again after a crash. From
         * {@code embedTimeout} to a day. Default 2 min.
         *
         * @param time how long
         * @return this builder
         */
        public Builder lease(Duration time) {
            this.lease = time;
            return this;
        }

        /**
         * How long {@link ConversationStorage#close()} drains, up to an hour. Default 10 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = timeout;
            return this;
        }

        /**
         * Puts the parts together.
         *
         * @return a new configuration
         * @throws IllegalArgumentException naming the part, the rule and the value
         */
        // The record's constructor refuses what is missing; that is the one place where the rules stand.
        @SuppressWarnings("NullAway")
        public StorageConfig build() {
            return new StorageConfig(
                    jdbcUrl,
                    username,
                    password,
                    ollamaUrl,
                    model,
                    pullModel,
                    requireOllama,
                    queueCapacity,
                    minBatchSize,
                    batchSize,
                    minDelay,
                    maxDelay,
                    writers,
                    embedders,
                    embedBatchSize,
                    poolSize == 0 ? threadsAndReaders() : poolSize,
                    cacheBytes,
                    maxAttempts,
                    breakerFailures,
                    breakerDelay,
                    retryDelay,
                    connectTimeout,
                    storeTimeout,
                    embedTimeout,
                    pullTimeout,
                    lease,
                    closeTimeout);
        }

        /** A connection for each thread that stores or embeds, and four to read. */
        private int threadsAndReaders() {
            return writers + embedders + 4;
        }
    }
}
