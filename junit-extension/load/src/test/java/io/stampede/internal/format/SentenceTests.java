package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTests {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            no shop,     no shop.
            ` no shop. `, no shop.
            no shop!,    no shop!
            no shop ..., no shop ...
            ``,          .
            """)
    void endWithOneFullStop(String text, String sentence) {
        assertThat(Sentence.of(text)).isEqualTo(sentence);
    }
}
