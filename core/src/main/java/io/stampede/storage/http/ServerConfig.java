package io.stampede.storage.http;

import io.stampede.internal.storage.Bounds;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP service is set up. Immutable; made by {@link #builder()}, which says more of each part and its default.
 *
 * @param host the address to listen on
 * @param port the port, or 0 for any free one
 * @param apiKey what callers have to show, or null for nothing
 * @param maxBodyBytes the longest body
 * @param maxHeaderBytes the longest request line and headers together, in bytes
 * @param maxUriLength the longest path and query, in characters
 * @param maxConnections how many connections are served; more wait to be accepted
 * @param requestTimeout how long the headers of a request, or its body, may take to arrive
 * @param idleTimeout how long a connection may be silent
 * @param stopTimeout how long {@link StorageServer#close()} waits for answers in progress
 * @param readThreads threads that read what is stored
 * @param readQueue how many requests may wait for one of those threads; more are turned away
 * @since 0.1
 */
public record ServerConfig(
        String host,
        int port,
        @Nullable String apiKey,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxUriLength,
        int maxConnections,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration stopTimeout,
        int readThreads,
        int readQueue) {

    private static final int SHORTEST_KEY = 16;
    private static final int LONGEST_KEY = 512;

    /**
     * Checks every part. Meant for {@link Builder#build()}: a caller's own is better made by a builder.
     *
     * @param host not blank; anything but loopback needs a key
     * @param port 0 to 65,535
     * @param apiKey 16 to 512 visible ASCII characters, or null
     * @param maxBodyBytes 1 KiB to 64 MiB
     * @param maxHeaderBytes 1 KiB to 1 MiB
     * @param maxUriLength 256 to {@code maxHeaderBytes}
     * @param maxConnections 1 to 1,000,000
     * @param requestTimeout 100 ms to an hour
     * @param idleTimeout 100 ms to an hour
     * @param stopTimeout zero to an hour
     * @param readThreads 1 to 500
     * @param readQueue 1 to 100,000
     * @throws IllegalArgumentException naming the part, the rule and the value, but never the key
     */
    public ServerConfig {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        Bounds.check("port", port, 0, 65_535);
        if (apiKey != null) {
            checkKey(apiKey);
        }
        Bounds.check("maxBodyBytes", maxBodyBytes, 1024, 64 << 20);
        Bounds.check("maxHeaderBytes", maxHeaderBytes, 1024, 1 << 20);
        Bounds.check("maxUriLength", maxUriLength, 256, maxHeaderBytes);
        Bounds.check("maxConnections", maxConnections, 1, 1_000_000);
        Bounds.check("requestTimeout", requestTimeout, Duration.ofMillis(100), Duration.ofHours(1));
        Bounds.check("idleTimeout", idleTimeout, Duration.ofMillis(100), Duration.ofHours(1));
        Bounds.check("stopTimeout", stopTimeout, Duration.ZERO, Duration.ofHours(1));
        Bounds.check("readThreads", readThreads, 1, 500);
        Bounds.check("readQueue", readQueue, 1, 100_000);
        if (apiKey == null && !address(host).isLoopbackAddress()) {
            throw new IllegalArgumentException("host " + host + " can be reached from other machines, so an API key is"
                    + " needed. Set apiKey to at least " + SHORTEST_KEY
                    + " random characters, or listen on 127.0.0.1.");
        }
    }

    /**
     * A builder with every default set.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerConfig[" + host + ":" + port + ", apiKey=" + (apiKey == null ? "none" : "set") + ", maxBodyBytes="
                + maxBodyBytes + ", maxHeaderBytes=" + maxHeaderBytes + ", maxUriLength=" + maxUriLength
                + ", maxConnections=" + maxConnections + ", requestTimeout=" + requestTimeout + ", idleTimeout="
                + idleTimeout + ", stopTimeout=" + stopTimeout + ", readThreads=" + readThreads + ", readQueue="
                + readQueue + "]";
    }

    private static void checkKey(String key) {
        if (key.length() < SHORTEST_KEY || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "apiKey must have " + SHORTEST_KEY + " to " + LONGEST_KEY + " characters, but has " + key.length());
        }
        // Anything else would not come through a header unchanged.
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("apiKey must be made of visible ASCII characters, without spaces");
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host " + host + " is no address of this machine", e);
        }
    }

    /**
     * Collects the parts of a configuration. For one thread at a time.
     *
     * @since 0.1
     */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port = 3000;
        private @Nullable String apiKey;
        private int maxBodyBytes = 2 << 20;
        private int maxHeaderBytes = 8 << 10;
        private int maxUriLength = 6 << 10;
        private int maxConnections = 4096;
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration stopTimeout = Duration.ofSeconds(10);
        private int readThreads = 8;
        private int readQueue = 256;

        private Builder() {}

        /**
         * The address to listen on. Anything but loopback needs an {@link #apiKey}. Default {@code 127.0.0.1}.
         *
         * @param address a name or an address
         * @return this builder
         */
        public Builder host(String address) {
            this.host = address;
            return this;
        }

        /**
         * The port, or 0 for any free one. Default 3000.
         *
         * @param number the port
         * @return this builder
         */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /**
         * What callers have to show, 16 to 512 visible ASCII characters, or null for nothing. Shown nowhere. Default null.
         *
         * @param secret the secret itself
         * @return this builder
         */
        public Builder apiKey(@Nullable String secret) {
            this.apiKey = secret;
            return this;
        }

        /**
         * The longest body, 1 KiB to 64 MiB. Default 2 MiB: the longest conversation that can be stored fits, also where
         * every character of its texts is escaped.
         *
         * @param bytes how many
         * @return this builder
         */
        public Builder maxBodyBytes(int bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /**
         * The request line and all headers together, 1 KiB to 1 MiB. Default 8 KiB.
         *
         * @param bytes how many
         * @return this builder
         */
        public Builder maxHeaderBytes(int bytes) {
            this.maxHeaderBytes = bytes;
            return this;
        }

        /**
         * The longest path and query, 256 to {@code maxHeaderBytes}. Default 6 KiB.
         *
         * @param characters how many
         * @return this builder
         */
        public Builder maxUriLength(int characters) {
            this.maxUriLength = characters;
            return this;
        }

        /**
         * How many connections are served; more wait to be accepted. 1 to 1,000,000. Default 4096.
         *
         * @param connections how many
         * @return this builder
         */
        public Builder maxConnections(int connections) {
            this.maxConnections = connections;
            return this;
        }

        /**
         * How long the headers of a request, or its body, may take to arrive, and how long {@code Prefer: wait} may wait. 100 ms
         * to an hour. Default 30 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = timeout;
            return this;
        }

        /**
         * How long a connection may be silent, 100 ms to an hour. Default 60 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = timeout;
            return this;
        }

        /**
         * How long {@link StorageServer#close()} waits for answers in progress, up to an hour. Default 10 s.
         *
         * @param timeout how long
         * @return this builder
         */
        public Builder stopTimeout(Duration timeout) {
            this.stopTimeout = timeout;
            return this;
        }

        /**
         * Threads that read what is stored, 1 to 500. More than the storage has connections help little. Default 8.
         *
         * @param threads how many
         * @return this builder
         */
        public Builder readThreads(int threads) {
            this.readThreads = threads;
            return this;
        }

        /**
         * How many requests may wait for one of those threads, 1 to 100,000; more are turned away. Default 256.
         *
         * @param requests how many
         * @return this builder
         */
        public Builder readQueue(int requests) {
            this.readQueue = requests;
            return this;
        }

        /**
         * Puts the parts together.
         *
         * @return a new configuration
         * @throws IllegalArgumentException naming the part, the rule and the value, but never the key
         */
        public ServerConfig build() {
            return new ServerConfig(
                    host,
                    port,
                    apiKey,
                    maxBodyBytes,
                    maxHeaderBytes,
                    maxUriLength,
                    maxConnections,
                    requestTimeout,
                    idleTimeout,
                    stopTimeout,
                    readThreads,
                    readQueue);
        }
    }
}
