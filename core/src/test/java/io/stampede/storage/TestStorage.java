package io.stampede.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A storage on a database of its own and an Ollama that a test can break. */
public final class TestStorage implements AutoCloseable {

    private final FakeOllama ollama;
    private final ConversationStorage storage;

    private TestStorage(FakeOllama ollama, ConversationStorage storage) {
        this.ollama = ollama;
        this.storage = storage;
    }

    /** Opens one with the defaults. */
    public static TestStorage open() throws IOException, SQLException {
        return open(config -> config);
    }

    /** Opens one with the defaults but for what the operator changes. */
    public static TestStorage open(UnaryOperator<StorageConfig.Builder> changes) throws IOException, SQLException {
        FakeOllama ollama = new FakeOllama();
        StorageConfig.Builder config = StorageConfig.builder()
                .jdbcUrl(TestDatabase.create())
                .username("postgres")
                .ollamaUrl(ollama.url());
        return new TestStorage(
                ollama, ConversationStorage.open(changes.apply(config).build()));
    }

    public FakeOllama ollama() {
        return ollama;
    }

    public ConversationStorage storage() {
        return storage;
    }

    @Override
    public void close() {
        storage.close(Duration.ofSeconds(1));
        ollama.close();
    }
}
