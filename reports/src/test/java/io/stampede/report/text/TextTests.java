package io.stampede.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTests {

    @Test
    void escapesMarkupInElementsAndAttributes() {
        assertThat(Text.escape("<a b=\"c\" d='e'>&")).isEqualTo("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    }

    @Test
    void makesControlCharactersVisible() {
        assertThat(Text.visible("a\u0000b\u001bc\u202ed\ud800e\uffffz\n\t"))
                .isEqualTo("a\u2400b\u241bc\\u202ed\\ud800e\\uffffz\n\t");
    }
}
