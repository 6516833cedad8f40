package io.stampede.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RepeatCommandTests {

    @Test
    void namesTestSeedSizeAndEnvironment() {
        assertThat(RepeatCommand.of(Samples.spike().result(), "shop.ShopLoadTest#spike"))
                .isEqualTo("mvn verify -Dit.test=ShopLoadTest#spike -Dfailsafe.failIfNoSpecifiedTests=false"
                        + " -Dstampede.seed=42 -Dstampede.scale=0.1 -Dstampede.environment=embedded");
    }

    @Test
    void namesNestedClassesAsFailsafeDoes() {
        assertThat(RepeatCommand.of(Samples.spike().result(), "io.shop.ShopLoadTest$Sale#spike"))
                .startsWith("mvn verify '-Dit.test=ShopLoadTest$Sale#spike' -D");
        assertThat(RepeatCommand.of(Samples.spike().result(), "InNoPackage#spike"))
                .startsWith("mvn verify -Dit.test=InNoPackage#spike -D");
    }

    @Test
    void namesNoTestWhereItIsNotKnown() {
        assertThat(RepeatCommand.of(Samples.nasty().result(), null))
                .isEqualTo("mvn verify -Dstampede.seed=42 -Dstampede.scale=0.1");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void quotesForAShell() throws Exception {
        List<String> words = List.of(
                "plain", "a b", "it's", "$HOME `id` $(id)", "\"", "Über#Straße", "*", "a\\b", "", "-Dx=#", "\t'\n'");
        for (String word : words) {
            Process shell = new ProcessBuilder("sh", "-c", "printf %s " + RepeatCommand.quoted(word))
                    .redirectErrorStream(true)
                    .start();
            String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();

            assertThat(read).isEqualTo(word);
        }
    }
}
