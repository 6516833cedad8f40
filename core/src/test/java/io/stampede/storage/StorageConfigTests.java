package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StorageConfigTests {

    @Test
    void holdsABurstByDefault() {
        StorageConfig config = valid().build();

        assertThat(config.queueCapacity()).isEqualTo(10_000);
        assertThat(config.model()).isEqualTo("all-minilm");
        assertThat(config.poolSize()).isEqualTo(10);
    }

    @Test
    void refusesWhatIsOutOfRangeAndNamesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().batchSize(9).build())
                .withMessage("batchSize must be 10 to 1000, but was 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().queueCapacity(0).build())
                .withMessageContaining("queueCapacity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().lease(Duration.ofSeconds(1)).build())
                .withMessageContaining("lease must be PT30S to PT24H, but was PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().ollamaUrl(URI.create("localhost")).build())
                .withMessageContaining("ollamaUrl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StorageConfig.builder()
                        .ollamaUrl(URI.create("http://localhost:11434"))
                        .build())
                .withMessage("jdbcUrl must start with jdbc:postgresql:, but was missing");
    }

    @Test
    void showsNoPassword() {
        StorageConfig config = valid().jdbcUrl("jdbc:postgresql://ann:s3cret@host/db?password=s3cret")
                .password("s3cret")
                .build();

        assertThat(config.toString()).contains("host/db").doesNotContain("s3cret");
        assertThat(config.database().toString()).doesNotContain("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().jdbcUrl("jdbc:mysql://ann:s3cret@host/db?password=s3cret")
                        .build())
                .withMessageContaining("jdbc:mysql:")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void aCopyKeepsEveryPart() throws ReflectiveOperationException {
        StorageConfig base = allDifferent();

        StorageConfig copy = StorageConfig.from(base).build();

        assertThat(copy).isEqualTo(base);
        StorageConfig defaults = valid().build();
        for (RecordComponent part : StorageConfig.class.getRecordComponents()) {
            assertThat(part.getAccessor().invoke(base))
                    .describedAs("%s must not be the default, or nobody would notice that it is not copied", part)
                    .isNotEqualTo(part.getAccessor().invoke(defaults));
        }
    }

    @Test
    void aCopyChangesAloneWhatIsAsked() {
        StorageConfig base = allDifferent();

        StorageConfig changed = StorageConfig.from(base).writers(9).build();

        assertThat(changed.writers()).isEqualTo(9);
        assertThat(changed.poolSize()).isEqualTo(base.poolSize());
        assertThat(StorageConfig.from(changed).writers(base.writers()).build()).isEqualTo(base);
    }

    @Test
    void thePoolOfACopyFollowsTheThreadsIfItDidBefore() {
        StorageConfig base = valid().build();

        assertThat(StorageConfig.from(base).writers(20).build().poolSize()).isEqualTo(26);
        assertThat(StorageConfig.from(base).embedders(0).build().poolSize()).isEqualTo(8);
    }

    private static StorageConfig allDifferent() {
        return StorageConfig.builder()
                .jdbcUrl("jdbc:postgresql://db/other")
                .username("ann")
                .password("s3cret")
                .ollamaUrl(URI.create("https://ollama:443"))
                .model("another")
                .pullModel(false)
                .requireOllama(false)
                .queueCapacity(1)
                .minBatchSize(2)
                .batchSize(300)
                .minDelay(Duration.ofMillis(4))
                .maxDelay(Duration.ofMillis(5))
                .writers(6)
                .embedders(7)
                .embedBatchSize(8)
                .poolSize(90)
                .cacheBytes(10)
                .maxAttempts(11)
                .breakerFailures(12)
                .breakerDelay(Duration.ofSeconds(13))
                .retryDelay(Duration.ofSeconds(14))
                .connectTimeout(Duration.ofSeconds(15))
                .storeTimeout(Duration.ofSeconds(16))
                .embedTimeout(Duration.ofSeconds(17))
                .pullTimeout(Duration.ofSeconds(18))
                .lease(Duration.ofSeconds(19))
                .closeTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static StorageConfig.Builder valid() {
        return StorageConfig.builder()
                .jdbcUrl("jdbc:postgresql://localhost/db")
                .ollamaUrl(URI.create("http://localhost:11434"));
    }
}
