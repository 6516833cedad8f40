package io.stampede.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sources of all pages can be read in an editor beside another, and their changes in a diff. */
class MarkdownTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MAX_WIDTH = 120;

    private static final Pattern FENCE = Pattern.compile("\\s*(?:[-*]\\s+)?(`{3,}|~{3,}).*");
    private static final Pattern TABLE = Pattern.compile("\\s*\\|.*\\|\\s*");

    /** Nothing but a link, an image or an address, perhaps of a list: it cannot be broken. */
    private static final Pattern LINK = Pattern.compile(
            "\\s*(?:[-*>]\\s+|\\d+\\.\\s+)?(?:!?\\[[^\\]]*]\\([^)]*\\)|\\[[^\\]]+]:\\s+\\S+|<?https?://\\S+?>?)[.,;:]?\\s*");

    @Test
    void hasNoLineThatIsTooWide() throws IOException {
        List<String> wide = new ArrayList<>();
        List<Path> pages = pages();
        for (Path page : pages) {
            wide.addAll(tooWide(ROOT.relativize(page).toString(), Files.readAllLines(page)));
        }

        assertThat(pages).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/guide/README.md"));
        assertThat(wide)
                .as("lines of more than %d characters outside code, tables and links", MAX_WIDTH)
                .isEmpty();
    }

    @Test
    void countsOnlyWhatCanBeBroken() {
        String wide = "word ".repeat(24) + "x";
        String address = "https://example.com/" + "x".repeat(120);
        List<String> page = List.of(
                wide,
                wide.substring(1),
                "```java",
                wide,
                "````",
                "Words after a fence that a longer one has closed.",
                "| a table | " + wide + " |",
                address,
                "<" + address + ">",
                "- [a link](" + address + ").",
                "[reference]: " + address,
                "![picture](" + address + ")",
                "See " + address,
                "~~~",
                "```",
                wide,
                "~~~",
                "  - " + wide,
                "\uD83D\uDC18".repeat(120));

        assertThat(tooWide("page.md", page))
                .containsExactly(
                        "page.md:1 has 121 characters",
                        "page.md:13 has 144 characters",
                        "page.md:18 has 125 characters");
    }

    private static List<String> tooWide(String name, List<String> lines) {
        List<String> wide = new ArrayList<>();
        String fence = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher mark = FENCE.matcher(line);
            if (mark.matches() && fence.isEmpty()) {
                fence = mark.group(1);
            } else if (!fence.isEmpty()) {
                fence = line.strip().startsWith(fence) ? "" : fence;
            } else if (width(line) > MAX_WIDTH
                    && !TABLE.matcher(line).matches()
                    && !LINK.matcher(line).matches()) {
                wide.add(name + ":" + (i + 1) + " has " + width(line) + " characters");
            }
        }
        return wide;
    }

    private static int width(String line) {
        return line.codePointCount(0, line.length());
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean ours = directory.equals(ROOT) || !(name.startsWith(".") || name.equals("target"));
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }
}
