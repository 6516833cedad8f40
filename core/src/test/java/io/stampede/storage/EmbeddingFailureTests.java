package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.EmbeddingState;
import io.stampede.storage.model.NotEmbeddedException;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.StorageUnavailableException;
import io.stampede.storage.model.StoredConversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddingFailureTests extends StorageFixture {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aPoisonJobIsParkedWithItsErrorAndBlocksNoOther() throws Exception {
        ollama.poison.add("poison");
        ConversationStorage storage = open(config().maxAttempts(3)
                .embedders(1)
                .minBatchSize(100)
                .minDelay(Duration.ofMillis(200))
                .maxDelay(Duration.ofMillis(200)));
        List<Receipt> good = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            good.add(storage.queue(conversation("good " + i)));
        }
        Receipt poison = storage.queue(conversation("poison"));
        for (int i = 20; i < 40; i++) {
            good.add(storage.queue(conversation("good " + i)));
        }

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(good)
                .allSatisfy(receipt ->
                        assertThat(receipt.embedded().toCompletableFuture()).isCompleted());
        assertThat(poison.stored().toCompletableFuture()).isCompleted();
        assertThatThrownBy(() -> poison.embedded().toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NotEmbeddedException.class)
                .hasMessageContaining("NaN");
        StoredConversation parked = storage.find(poison.id()).orElseThrow();
        assertThat(parked.embedding()).isEqualTo(EmbeddingState.PARKED);
        assertThat(parked.embeddingError())
                .hasValueSatisfying(error -> assertThat(error).contains("NaN"));
        assertThat(TestDatabase.number(storage.dataSource(), "select attempts from embedding_job"))
                .isEqualTo(3);
        assertThat(storage.stats().failed()).isEqualTo(1);
        assertThat(storage.stats().embeddingBacklog()).isZero();
    }

    @Test
    void anOllamaThatFailsDelaysEmbeddingsAndParksNone() throws Exception {
        ConversationStorage storage =
                open(config().maxAttempts(1).breakerFailures(2).breakerDelay(Duration.ofMillis(100)));
        ollama.status = 500;

        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            receipts.add(storage.queue(conversation("text " + i)));
        }
        for (Receipt receipt : receipts) {
            receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        await().atMost(LONG).until(() -> ollama.requests.get() > 8);
        assertThat(storage.stats().embeddingBacklog()).isEqualTo(50);
        ollama.status = 200;

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(storage.stats().completed()).isEqualTo(50);
        assertThat(storage.stats().failed()).isZero();
    }

    @Test
    void theBreakerLeavesAFailingOllamaAlone() throws Exception {
        ConversationStorage storage = open(config().breakerFailures(3).breakerDelay(Duration.ofMinutes(10)));
        assertThat(storage.stats().breakerOpen()).isFalse();
        ollama.status = 503;
        storage.queue(conversation("first")).stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        await().atMost(LONG)
                .untilAsserted(() -> assertThatThrownBy(() -> storage.findSimilar("ann", "open?", 1))
                        .isInstanceOf(StorageUnavailableException.class)
                        .hasMessageContaining("left alone"));
        assertThat(storage.stats().breakerOpen()).isTrue();
        int asked = ollama.requests.get();

        for (int i = 0; i < 20; i++) {
            storage.queue(conversation("text " + i))
                    .stored()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        }
        CloseReport report = storage.close(Duration.ofSeconds(60));

        assertThat(ollama.requests.get()).isEqualTo(asked);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(30));
        assertThat(report.notStored()).isEmpty();
        assertThat(report.embeddingBacklog()).isEqualTo(21);
        assertThat(report.drained()).isFalse();
    }

    @Test
    void anOllamaThatHangsDelaysEmbeddingsOnly() throws Exception {
        ConversationStorage storage = open(config().embedTimeout(Duration.ofMillis(200)));
        ollama.hanging = true;

        Receipt receipt = storage.queue(conversation("slow"));

        receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        int before = ollama.requests.get();
        await().atMost(LONG).until(() -> ollama.requests.get() > before);
        assertThat(receipt.embedded().toCompletableFuture()).isNotDone();
        ollama.hanging = false;
        receipt.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void theNextStorageTakesUpWhatWasLeftOver() throws Exception {
        ConversationStorage first = open(config());
        ollama.status = 503;
        Receipt receipt = first.queue(conversation("left over"));
        receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        CloseReport report = first.close(Duration.ofMillis(100));
        assertThat(report.embeddingBacklog()).isEqualTo(1);
        assertThatThrownBy(() -> receipt.embedded().toCompletableFuture().get())
                .cause()
                .isInstanceOf(NotEmbeddedException.class);
        ollama.status = 200;

        ConversationStorage second = open(config());

        assertThat(second.awaitIdle(LONG)).isTrue();
        assertThat(second.find(receipt.id()).orElseThrow().embedding()).isEqualTo(EmbeddingState.DONE);
        assertThat(second.stats().completed()).isEqualTo(1);
    }

    @Test
    void aJobWhoseProcessDiedIsTakenUpWhenItsLeaseEnds() throws Exception {
        ConversationStorage storage = open(config());
        TestDatabase.execute(storage.dataSource(), """
                insert into conversation
                values ('00000000-0000-7000-8000-000000000001', 'ann', 'web', 'orphan', '', '{}', now());
                insert into embedding_job (conversation_id, available_at, lease, attempts)
                values ('00000000-0000-7000-8000-000000000001', now() + interval '700 ms',
                        '00000000-0000-7000-8000-000000000009', 1);
                """);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(TestDatabase.number(storage.dataSource(), "select count(*) from conversation_embedding"))
                .isEqualTo(1);
    }

    @Test
    void aJobThatEndsEveryProcessIsParked() throws Exception {
        ConversationStorage storage = open(config().maxAttempts(3));
        TestDatabase.execute(storage.dataSource(), """
                insert into conversation
                values ('00000000-0000-7000-8000-000000000001', 'ann', 'web', 'deadly', '', '{}', now());
                insert into embedding_job (conversation_id, attempts)
                values ('00000000-0000-7000-8000-000000000001', 3);
                """);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(TestDatabase.number(
                        storage.dataSource(), "select count(*) from embedding_job where parked_at is not null"))
                .isEqualTo(1);
    }

    @Test
    void aReceiptHearsOfAnEmbeddingThatAnotherProcessMade() throws Exception {
        ConversationStorage storage = open(config().breakerFailures(1).breakerDelay(Duration.ofMinutes(10)));
        ollama.status = 503;
        Receipt receipt = storage.queue(conversation("made elsewhere"));
        receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        await().atMost(LONG).until(() -> ollama.requests.get() > 1);

        try (FakeOllama other = new FakeOllama()) {
            ConversationStorage elsewhere = open(config().ollamaUrl(other.url()));

            receipt.embedded().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(elsewhere.stats().completed()).isEqualTo(1);
            elsewhere.close();
        }
    }

    @Test
    void pullsAMissingModelOnceWhereAllowed() {
        ollama.modelMissing = true;

        ConversationStorage storage = open(config());

        assertThat(ollama.pulls).hasValue(1);
        assertThat(storage.findSimilar("ann", "text", 1)).isEmpty();
    }

    @Test
    void refusesToOpenWithAMissingModelWherePullingIsNotAllowed() {
        ollama.modelMissing = true;

        assertThatThrownBy(() -> open(config().pullModel(false).model("no-such-model")))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining(ollama.url().toString())
                .hasMessageContaining("no-such-model")
                .hasMessageContaining("Pull it, or allow pullModel");
        assertThat(ollama.pulls).hasValue(0);
    }

    @Test
    void saysWhyAModelCouldNotBePulled() {
        ollama.modelMissing = true;
        ollama.pullWorks = false;

        assertThatThrownBy(() -> open(config()))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("file does not exist");
    }

    private static Conversation conversation(String transcript) {
        return Conversation.of("ann", Channel.TELEGRAM, transcript);
    }
}
