package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Receipt;
import io.stampede.storage.model.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Ollama does, it delays embeddings and nothing else. */
@Timeout(120)
class OllamaFaultTests extends StorageFixture {

    /** What can be wrong with it, and what is said of it. */
    enum Fault {
        STOPPED("the connection was refused") {
            @Override
            void set(FakeOllama ollama, boolean on) throws IOException {
                if (on) {
                    ollama.stop();
                } else {
                    ollama.start();
                }
            }
        },
        HANGING("did not answer /api/embed within 500 ms") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.hanging = on;
            }
        },
        SLOW("did not answer /api/embed within 500 ms") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.delayMillis = on ? 5000 : 0;
            }
        },
        ANSWERING_500("status 500: out of order") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.status = on ? 500 : 200;
            }
        },
        ANSWERING_503("status 503: out of order") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.status = on ? 503 : 200;
            }
        },
        MODEL_MISSING("does not have the model all-minilm") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.pullWorks = !on;
                ollama.modelMissing = on;
            }
        },
        CUT_OFF("the connection broke") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.cutOff = on;
            }
        },
        TRUNCATED("it is no JSON") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.truncated = on;
            }
        },
        WRONG_DIMENSIONS("has 8 dimensions, earlier ones 16") {
            @Override
            void set(FakeOllama ollama, boolean on) {
                ollama.dimensions = on ? 8 : 16;
            }
        };

        final String told;

        Fault(String told) {
            this.told = told;
        }

        abstract void set(FakeOllama ollama, boolean on) throws IOException;
    }

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CONVERSATIONS = 300;

    @ParameterizedTest
    @EnumSource
    void aFaultOfOllamaDelaysEmbeddingsAndNothingElse(Fault fault) throws Exception {
        ConversationStorage storage = open(config());

        fault.set(ollama, true);
        List<Receipt> receipts = queue(storage, CONVERSATIONS);

        for (Receipt receipt : receipts) {
            receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        await().atMost(LONG).until(() -> storage.embeddingError().orElse("").contains(fault.told));
        await().atMost(LONG).until(() -> storage.stats().embeddingBacklog() == CONVERSATIONS);
        assertThat(count(storage, "embedding_job where parked_at is null")).isEqualTo(CONVERSATIONS);
        assertThat(receipts)
                .noneMatch(receipt -> receipt.embedded().toCompletableFuture().isDone());
        fault.set(ollama, false);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(receipts)
                .allSatisfy(receipt -> receipt.embedded().toCompletableFuture().get(1, TimeUnit.SECONDS));
        assertThat(count(storage, "conversation_embedding where dimensions = 16"))
                .isEqualTo(CONVERSATIONS);
        assertThat(storage.stats().embeddingBacklog()).isZero();
        assertThat(storage.stats().failed()).isZero();
        assertThat(storage.embeddingError()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void opensDuringAFaultOfOllamaWhereTheDatabaseKnowsTheModel(Fault fault) throws Exception {
        open(config()).close();
        fault.set(ollama, true);

        ConversationStorage storage = open(config());
        List<Receipt> receipts = queue(storage, 10);

        for (Receipt receipt : receipts) {
            receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        await().atMost(LONG).until(() -> storage.embeddingError().orElse("").contains("Ollama at " + ollama.url()));
        fault.set(ollama, false);
        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(count(storage, "conversation_embedding where dimensions = 16"))
                .isEqualTo(10);
        assertThat(storage.embeddingError()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "HANGING", "ANSWERING_500", "MODEL_MISSING"})
    void opensForTheFirstTimeDuringAFaultOfOllamaWhereAllowed(Fault fault) throws Exception {
        fault.set(ollama, true);

        ConversationStorage storage = open(config().requireOllama(false));
        List<Receipt> receipts = queue(storage, 10);

        for (Receipt receipt : receipts) {
            receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(storage.embeddingError()).isPresent();
        assertThat(count(storage, "embedding_model")).isZero();
        fault.set(ollama, false);
        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(storage.findSimilar("ann", "Text 3", 1).get(0).stored().id())
                .isEqualTo(receipts.get(3).id());
        assertThat(count(storage, "embedding_model where model = 'all-minilm' and dimensions = 16"))
                .isEqualTo(1);
    }

    @Test
    void aModelThatIsLostTwiceIsPulledTwice() throws Exception {
        ConversationStorage storage = open(config());

        for (int times = 1; times <= 2; times++) {
            ollama.modelMissing = true;
            queue(storage, 10);

            assertThat(storage.awaitIdle(LONG)).isTrue();
            assertThat(ollama.pulls).hasValue(times);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void anOllamaThatAnswersWithErrorsIsLeftAlone(int status) throws Exception {
        ConversationStorage storage = open(config().breakerFailures(3).breakerDelay(Duration.ofMinutes(10)));
        ollama.status = status;
        queue(storage, CONVERSATIONS);
        await().atMost(LONG).until(() -> leftAlone(storage));
        int asked = ollama.requests.get();

        for (Receipt receipt : queue(storage, CONVERSATIONS)) {
            receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        storage.close(Duration.ofSeconds(60));

        // Another worker's request may have been on its way.
        assertThat(ollama.requests.get()).isBetween(asked, asked + 3);
    }

    @Test
    void jobsAreLeftWhereTheyAreWhileOllamaHangs() throws Exception {
        ConversationStorage storage = open(config().embedders(4).breakerFailures(1));
        TestDatabase.execute(storage.dataSource(), """
                create sequence touched;
                create function touch() returns trigger language plpgsql as
                    $$ begin perform nextval('touched'); return new; end $$;
                create trigger touch before update on embedding_job for each row execute function touch();
                """);
        ollama.hanging = true;
        queue(storage, CONVERSATIONS);

        int before = ollama.requests.get();
        await().atMost(LONG).until(() -> ollama.requests.get() > before + 5); // several trials

        // Each worker may have had a batch when it began, taken and given back.
        assertThat(TestDatabase.number(storage.dataSource(), "select last_value from touched"))
                .isLessThanOrEqualTo(4 * 2 * 32);
        ollama.hanging = false;
        assertThat(storage.awaitIdle(LONG)).isTrue();
    }

    @Test
    void anOllamaThatIsSlowWithinItsTimeDelaysNoStoring() throws Exception {
        ConversationStorage storage = open(config().embedTimeout(Duration.ofSeconds(60)));
        ollama.delayMillis = 5000;

        List<Receipt> receipts = queue(storage, 30);

        for (Receipt receipt : receipts) {
            receipt.stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(receipts)
                .noneMatch(receipt -> receipt.embedded().toCompletableFuture().isDone());
        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(storage.stats().completed()).isEqualTo(30);
        assertThat(storage.embeddingError()).isEmpty();
    }

    private static boolean leftAlone(ConversationStorage storage) {
        try {
            return storage.findSimilar("ann", "anything", 1) == null;
        } catch (StorageException e) {
            return String.valueOf(e.getMessage()).contains("left alone");
        }
    }

    private static List<Receipt> queue(ConversationStorage storage, int count) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            receipts.add(storage.queue(Conversation.of("ann", Channel.WEB, "Text " + i)));
        }
        return receipts;
    }

    @Override
    StorageConfig.Builder config() {
        return super.config()
                .cacheBytes(0)
                .connectTimeout(Duration.ofMillis(500))
                .embedTimeout(Duration.ofMillis(500))
                .breakerFailures(3)
                .breakerDelay(Duration.ofMillis(100));
    }

    private static long count(ConversationStorage storage, String where) throws Exception {
        return TestDatabase.number(storage.dataSource(), "select count(*) from " + where);
    }
}
