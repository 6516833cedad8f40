package io.stampede.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.settings.UnknownSettings;
import io.stampede.junit.ProvesReadiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the guide shows is what compiles and what exists. */
@ProvesReadiness("documentation")
class GuideTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET =
            Pattern.compile("(?:<!-- from (\\S+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsCodeThatCompiles() throws IOException {
        List<String> strangers = new ArrayList<>();
        int snippets = 0;
        for (Path page : pages()) {
            Matcher matcher = SNIPPET.matcher(Files.readString(page));
            while (matcher.find()) {
                snippets++;
                String source = matcher.group(1);
                if (source == null
                        || !squeezed(Files.readString(ROOT.resolve(source))).contains(squeezed(matcher.group(2)))) {
                    strangers.add(page + ":\n" + matcher.group(2));
                }
            }
        }

        assertThat(snippets).isGreaterThan(3);
        assertThat(strangers).as("snippets that are not in the file they name").isEmpty();
    }

    @Test
    void listsEverySettingWithItsDefaultOnce() throws IOException {
        List<String> rows = UnknownSettings.known().stream()
                .map(setting -> "| `" + setting.key() + "` | "
                        + (setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`") + " | "
                        + setting.description().replace("|", "\\|") + " |")
                .toList();

        assertThat(Files.readAllLines(ROOT.resolve("docs/guide/settings.md")))
                .filteredOn(line -> line.startsWith("| `"))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void linksToPagesThatExist() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher matcher = link.matcher(Files.readString(page));
            while (matcher.find()) {
                if (!Files.exists(page.resolveSibling(matcher.group(1)))) {
                    broken.add(page + " -> " + matcher.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(page -> page.toString().endsWith(".md")), Stream.of(ROOT.resolve("README.md")))
                    .toList();
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
