package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.FakeOllama;
import io.stampede.storage.StorageConfig;
import io.stampede.storage.TestDatabase;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTests {

    private static FakeOllama ollama;
    private static ConversationStorage storage;
    private static String text;

    @BeforeAll
    static void storeOne() throws Exception {
        ollama = new FakeOllama();
        storage = ConversationStorage.open(StorageConfig.builder()
                .jdbcUrl(TestDatabase.create())
                .username("postgres")
                .ollamaUrl(ollama.url())
                .build());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PrometheusMetrics.bind(registry, storage);
        storage.queue(Conversation.builder()
                .userId("ann")
                .channel(Channel.WEB)
                .transcript("Hello")
                .build());
        assertThat(storage.awaitIdle(Duration.ofSeconds(60))).isTrue();
        text = registry.scrape();
        System.out.println(text);
    }

    @AfterAll
    static void close() {
        storage.close();
        ollama.close();
    }

    @Test
    void x() {}
}
