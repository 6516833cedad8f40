package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTests {

    private static final String KEY = "only-the-tests-know-this";

    @Test
    void listensOnLoopbackByDefault() {
        ServerConfig config = ServerConfig.builder().build();

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(3000);
        assertThat(config.maxConnections()).isGreaterThanOrEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesToBeReachedFromOutsideWithoutAKey(String host) {
        assertThatThrownBy(() -> ServerConfig.builder().host(host).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("Set apiKey")
                .hasMessageContaining("or listen on 127.0.0.1");
        assertThatCode(() -> ServerConfig.builder().host(host).apiKey(KEY).build())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void needsNoKeyOnLoopback(String host) {
        assertThatCode(() -> ServerConfig.builder().host(host).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fifteen-chars-x",
                "a key that has spaces in it",
                "a-key-with-umlauts-äöü",
                "a-key-with-a-line\nbreak"
            })
    void refusesPoorKeysAndShowsNone(String key) {
        assertThatThrownBy(() -> ServerConfig.builder().apiKey(key).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("apiKey")
                .message()
                .satisfies(message ->
                        assertThat(key.isEmpty() || !message.contains(key)).isTrue());
    }

    @Test
    void showsNoKey() {
        assertThat(ServerConfig.builder().apiKey(KEY).build().toString())
                .contains("apiKey=set")
                .doesNotContain(KEY);
    }

    @Test
    void namesWhatIsOutOfBounds() {
        assertThatThrownBy(() -> ServerConfig.builder().port(65_536).build())
                .hasMessage("port must be 0 to 65535, but was 65536");
        assertThatThrownBy(() -> ServerConfig.builder().maxHeaderBytes(2048).build())
                .hasMessage("maxUriLength must be 256 to 2048, but was 6144");
        assertThatThrownBy(() ->
                        ServerConfig.builder().requestTimeout(Duration.ZERO).build())
                .hasMessageStartingWith("requestTimeout must be PT0.1S to PT1H");
    }
}
