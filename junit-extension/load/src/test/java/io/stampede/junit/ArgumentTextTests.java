package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1] 5                                       | 5
            [1] size=5, name=tea                        | size=5, name=tea
            [12] size = 5, name = "tea"                 | size=5, name=tea
            [1] it's, 'a'                               | it's, a
            [3]                                         | #3
            [2] io.shop.Server@1b2c3d, 5                | Server#2, 5
            [2] Shop$$Lambda/0x00007f12@6d06d69c        | Shop#2
            [2] [Ljava.lang.String;@6d06d69c            | [Ljava.lang.String;#2
            [1] mail = jo@example.org                   | mail=jo@example.org
            [2] http://localhost:43121/shop             | http://localhost:#2/shop
            [2] 127.0.0.1:43121                         | 127.0.0.1:#2
            [2] localhost/127.0.0.1:43121               | localhost/127.0.0.1:#2
            [2] port = 43121, size = 9000               | port=#2, size=9000
            [1] https://shop.example:8443/              | https://shop.example:8443/
            [2] 2026-11-28T18:15:00.123Z                | #2
            [1] 2026-11-28                              | 2026-11-28
            [1] größe = 商店                             | größe=商店
            """)
    void saysTheArgumentsWithoutWhatChanges(String display, String text) {
        int index = Integer.parseInt(display.replaceAll("^\\[(\\d+)].*", "$1"));

        assertThat(ArgumentText.stable(display, index)).isEqualTo(text);
    }

    @Test
    void namesTemporaryDirectoriesAndRandomIdsByTheIndex(@TempDir Path directory) {
        assertThat(ArgumentText.stable("[2] " + directory.resolve("a"), 2)).isEqualTo("#2");
        assertThat(ArgumentText.stable("[2] " + directory.toUri() + ", 5", 2)).isEqualTo("#2, 5");
        assertThat(ArgumentText.stable("[2] id = " + UUID.randomUUID(), 2)).isEqualTo("id=#2");
    }

    @Test
    void isBoundedAndStaysDifferent() {
        String one = ArgumentText.stable("[1] " + "x".repeat(300), 1);
        String other = ArgumentText.stable("[1] " + "x".repeat(301), 1);

        assertThat(one).hasSizeLessThanOrEqualTo(100).isNotEqualTo(other);
        assertThat(ArgumentText.stable("[1] " + "𝒜".repeat(300), 1)).hasSizeLessThanOrEqualTo(100);
    }
}
