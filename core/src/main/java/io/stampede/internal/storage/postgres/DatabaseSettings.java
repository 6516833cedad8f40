package io.stampede.internal.storage.postgres;

import java.time.Duration;

/**
 * Where Postgres is and how to talk to it.
 *
 * @param jdbcUrl starts with {@code jdbc:postgresql:}
 * @param username empty where the URL or the server's rules say it
 * @param password empty where there is none
 * @param poolSize connections, at least 1
 * @param connectTimeout how long to wait for a connection, from the server or from the pool
 * @param answerTimeout how long to wait for an answer before the connection is given up
 */
public record DatabaseSettings(
        String jdbcUrl,
        String username,
        String password,
        int poolSize,
        Duration connectTimeout,
        Duration answerTimeout) {

    /** The URL without user name, password and parameters, fit for messages. */
    public String address() {
        String bare = jdbcUrl.contains("?") ? jdbcUrl.substring(0, jdbcUrl.indexOf('?')) : jdbcUrl;
        return bare.replaceFirst("//.*@", "//");
    }

    /** As {@link #address()}: the password is not for logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + address() + ", poolSize=" + poolSize + "]";
    }
}
