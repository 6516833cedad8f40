package io.stampede.storage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTests {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void refusesABlankUserId(String userId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().userId(userId).build())
                .withMessageStartingWith("userId must not be blank, but was \"");
    }

    @Test
    void refusesWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conversation.builder()
                        .channel(Channel.WEB)
                        .transcript("Hello")
                        .build())
                .withMessage("userId must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Conversation.builder().userId("ann").transcript("Hello").build())
                .withMessage("channel must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conversation.builder()
                        .userId("ann")
                        .channel(Channel.WEB)
                        .build())
                .withMessage("transcript must not be null");
    }

    @Test
    void refusesTextsThatAreTooLongAndShowsTheirStart() {
        String tooLong = "x".repeat(200_001);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().transcript(tooLong).build())
                .withMessage(
                        "transcript must be at most 200000 characters, but was 200001: \"" + "x".repeat(40) + "...\"");
        assertThat(valid().transcript("x".repeat(200_000)).build().transcript()).hasSize(200_000);
    }

    @Test
    void refusesNulAndHalvesOfSurrogatePairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().transcript("ab\0c").build())
                .withMessageContaining("transcript")
                .withMessageContaining("U+0000 at index 2")
                .withMessageContaining("\"ab\\u0000c\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().summary("\ud83d").build())
                .withMessageContaining("summary")
                .withMessageContaining("U+D83D at index 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().userId("a\ude42").build())
                .withMessageContaining("userId");
        assertThat(valid().transcript("🙂").build().transcript()).isEqualTo("🙂");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "null",
                "\"text\"",
                "{",
                "{\"a\":}",
                "{} {}",
                "{\"a\":1} x",
                "{\"a\":1e999999999}",
                "{\"a\":NaN}"
            })
    void refusesMetadataThatIsNoJsonObject(String metadata) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> valid().metadata(metadata).build())
                .withMessageStartingWith("metadata must be one JSON object, but ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":[\"\\ud83d\"]}"})
    void refusesMetadataWhoseEscapesHideWhatPostgresRefuses(String metadata) {
        assertThatThrownBy(() -> valid().metadata(metadata).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata must");
    }

    @Test
    void takesMetadataAsAMap() {
        assertThat(valid().metadata(Map.of("turns", 3)).build().metadata()).isEqualTo("{\"turns\":3}");
    }

    @Test
    void refusesABlankChannel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Channel(" "))
                .withMessage("channel must not be blank, but was \" \"");
    }

    @Test
    void embedsTheSummaryWhereThereIsOne() {
        assertThat(valid().build().textToEmbed()).isEqualTo("Hello");
        assertThat(valid().summary("A greeting").build().textToEmbed()).isEqualTo("A greeting");
    }

    @Test
    void refusesPagesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Page(-1, 10)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Page(0, 1001)).withMessageContaining("1001");
    }

    private static Conversation.Builder valid() {
        return Conversation.builder().userId("ann").channel(Channel.WEB).transcript("Hello");
    }
}
