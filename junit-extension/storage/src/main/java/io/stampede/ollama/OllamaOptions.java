package io.stampede.ollama;

import java.time.Duration;
import java.util.Objects;

/**
 * How an {@link EmbeddedOllama} listens and how much it takes.
 *
 * @param host the name or address to listen on; loopback by default, since nobody is asked who they are
 * @param port 0..65535; 0 takes a free one
 * @param threads texts computed at once, each on one core; 1..64. The default is a quarter of the cores and at least
 *     1, because the model competes with the load for them
 * @param maxBodyBytes a request with a longer body is refused with 413; at least 1
 * @param maxInputs a request with more texts is refused with 400; at least 1
 * @param requestTimeout a request that takes longer, reading it included, loses its connection; more than zero
 * @since 0.1
 */
public record OllamaOptions(
        String host, int port, int threads, int maxBodyBytes, int maxInputs, Duration requestTimeout) {
    /**
     * Checks every part.
     *
     * @param host not blank
     * @param port 0 to 65,535
     * @param threads 1 to 64
     * @param maxBodyBytes at least 1
     * @param maxInputs at least 1
     * @param requestTimeout more than zero
     * @throws IllegalArgumentException naming the part, the rule and the value
     */
    public OllamaOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(requestTimeout, "requestTimeout");
        requireBetween("port", port, 0, 65_535);
        requireBetween("threads", threads, 1, 64);
        requireBetween("maxBodyBytes", maxBodyBytes, 1, Integer.MAX_VALUE - 1);
        requireBetween("maxInputs", maxInputs, 1, Integer.MAX_VALUE);
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must name an address to listen on, but was blank");
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout must be > 0, but was " + requestTimeout);
        }
    }

    /**
     * Loopback, a free port, 16 MiB, 2048 texts, 60 s.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but was " + value);
        }
    }

    /**
     * Collects what differs from the defaults. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private int threads = Math.max(1, Math.min(64, Runtime.getRuntime().availableProcessors() / 4));
        private int maxBodyBytes = 16 * 1024 * 1024;
        private int maxInputs = 2048;
        private Duration requestTimeout = Duration.ofSeconds(60);

        private Builder() {}

        /**
         * Where to listen. Default {@code 127.0.0.1}.
         *
         * @param host a name or an address
         * @return this builder
         */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /**
         * The port. Default 0, which takes a free one.
         *
         * @param port 0 to 65,535
         * @return this builder
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Texts computed at once. Default: a quarter of the cores, and at least 1.
         *
         * @param threads 1 to 64
         * @return this builder
         */
        public Builder threads(int threads) {
            this.threads = threads;
            return this;
        }

        /**
         * The longest body of a request. Default 16 MiB.
         *
         * @param maxBodyBytes at least 1
         * @return this builder
         */
        public Builder maxBodyBytes(int maxBodyBytes) {
            this.maxBodyBytes = maxBodyBytes;
            return this;
        }

        /**
         * The most texts in a request. Default 2048.
         *
         * @param maxInputs at least 1
         * @return this builder
         */
        public Builder maxInputs(int maxInputs) {
            this.maxInputs = maxInputs;
            return this;
        }

        /**
         * How long a request may take, reading it included. Default 60 s.
         *
         * @param requestTimeout more than zero
         * @return this builder
         */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
            return this;
        }

        /**
         * Puts the parts together.
         *
         * @return new options
         * @throws IllegalArgumentException naming the part, the rule and the value
         */
        public OllamaOptions build() {
            return new OllamaOptions(host, port, threads, maxBodyBytes, maxInputs, requestTimeout);
        }
    }
}
