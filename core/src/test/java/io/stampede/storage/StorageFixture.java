package io.stampede.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For each test a new database and an Ollama that it can break; closes the storages that the test opens. */
abstract class StorageFixture {

    private final List<ConversationStorage> opened = new ArrayList<>();

    FakeOllama ollama;
    String url;

    @BeforeEach
    void start() throws Exception {
        ollama = new FakeOllama();
        url = TestDatabase.create();
    }

    @AfterEach
    void stop() {
        opened.forEach(storage -> storage.close(Duration.ofSeconds(1)));
        ollama.close();
    }

    ConversationStorage open(StorageConfig.Builder config) {
        ConversationStorage storage = ConversationStorage.open(config.build());
        opened.add(storage);
        return storage;
    }

    /** Impatient, so that what is tried again is tried soon. */
    StorageConfig.Builder config() {
        return StorageConfig.builder()
                .jdbcUrl(url)
                .ollamaUrl(ollama.url())
                .retryDelay(Duration.ofMillis(20))
                .breakerDelay(Duration.ofMillis(200));
    }
}
