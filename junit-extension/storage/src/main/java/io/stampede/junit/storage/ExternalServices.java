package io.stampede.junit.storage;

import io.stampede.internal.junit.storage.Services;
import java.net.URI;

/** Services of others: nothing is started, nothing is stopped. */
record ExternalServices(EnvironmentConfig.External addresses, boolean mayEmptyTables) implements Services {
    @Override
    public String jdbcUrl() {
        return addresses.jdbcUrl();
    }

    @Override
    public String username() {
        return addresses.username();
    }

    @Override
    public String password() {
        return addresses.password();
    }

    @Override
    public URI ollamaUrl() {
        return addresses.ollamaUrl();
    }

    @Override
    public void close() {}
}
