package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

    private static StorageConfig.Builder valid() {
        return StorageConfig.builder()
                .jdbcUrl("jdbc:postgresql://localhost/db")
                .ollamaUrl(URI.create("http://localhost:11434"));
    }
}
