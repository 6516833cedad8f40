package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationStorageTests {

    @Test
    void storesAndEmbedsEveryAcceptedConversation() throws Exception {
        try (FakeOllama ollama = new FakeOllama();
                ConversationStorage storage = ConversationStorage.open(StorageConfig.builder()
                        .jdbcUrl(TestDatabase.create())
                        .ollamaUrl(ollama.url())
                        .build())) {
            List<Receipt> receipts = new ArrayList<>();

            for (int i = 0; i < 2000; i++) {
                receipts.add(storage.queue(Conversation.of("user-" + i % 7, Channel.WEB, "Hello " + i)));
            }

            assertThat(storage.awaitIdle(Duration.ofSeconds(60))).isTrue();
            assertThat(receipts)
                    .allSatisfy(receipt ->
                            assertThat(receipt.embedded().toCompletableFuture()).isCompleted());
            assertThat(TestDatabase.number(storage.dataSource(), "select count(*) from conversation"))
                    .isEqualTo(2000);
            assertThat(TestDatabase.number(storage.dataSource(), "select count(*) from conversation_embedding"))
                    .isEqualTo(2000);
        }
    }
}
