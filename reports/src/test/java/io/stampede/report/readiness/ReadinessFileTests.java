package io.stampede.report.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.readiness.Evidence.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessFileTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void whatIsNoTextIsReplaced() throws Exception {
        Files.write(work.resolve("readiness.json"), new byte[] {'{', (byte) 0xff, (byte) 0xfe});

        new ReadinessFile(work).add(List.of(proof("a")), ledger -> {});

        assertThat(ReadinessFile.parse(Files.readString(work.resolve("readiness.json")))
                        .evidence())
                .containsExactly(proof("a"));
    }

    @Test
    void knowsWhichLoadTestHadNoTargets() {
        Evidence without =
                new Evidence("", "A", List.of("spike"), Outcome.PASSED, "", List.of(), null, null, NOW, null, false);
        String json = ReadinessFile.write(new Ledger(List.of(without)));

        assertThat(ReadinessFile.parse(json).evidence()).containsExactly(without);
        assertThat(ReadinessFile.parse(json.replace(",\"judged\":false", "")).evidence())
                .extracting(Evidence::judged)
                .containsExactly(true);
    }

    @Test
    void changesWhatIsKnownAlready() throws Exception {
        ReadinessFile file = new ReadinessFile(work);
        file.add(List.of(proof("a").shownAt("./page#old")), ledger -> {});

        file.add(
                new Shown(List.of(proof("b").shownAt("./page#new")), Map.of()),
                known -> known.shownAt(null),
                ledger -> assertThat(ledger.evidence())
                        .containsExactly(proof("a"), proof("b").shownAt("./page#new")));
    }

    @Test
    void itsMarkdownFitsInAComment() {
        List<Evidence> many = IntStream.range(0, 900)
                .mapToObj(i -> proof("line " + i + " " + "<".repeat(90)))
                .toList();

        String markdown = ReadinessMarkdown.of(Checklist.of(many, NOW, Duration.ofDays(1), null));

        assertThat(markdown).hasSizeLessThan(60_000).containsPattern("\nand \\d+ more lines\n");
    }

    private static Evidence proof(String line) {
        return new Evidence("A#" + line, null, List.of(line), Outcome.PASSED, "", List.of(), null, null, NOW, null);
    }
}
