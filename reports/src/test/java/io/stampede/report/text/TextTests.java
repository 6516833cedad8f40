package io.stampede.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.testing.Samples;
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

    @Test
    void fileNamesAreSafeAndDiffer() {
        assertThat(Text.fileName("ShopLoadTest.checkout")).isEqualTo("ShopLoadTest.checkout");
        assertThat(Text.fileName("../../etc/passwd")).matches("[A-Za-z0-9][A-Za-z0-9._-]*");
        assertThat(Text.fileName("a/b")).isNotEqualTo(Text.fileName("a:b"));
        assertThat(Text.fileName(Samples.NASTY)).matches("[A-Za-z0-9._-]+");
    }
}
