package io.stampede.report.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.text.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void whatIsNoTextIsReplaced() throws Exception {
        Files.write(work.resolve("readiness.json"), new byte[] {'{', (byte) 0xff, (byte) 0xfe});

        new ReadinessFile(work, Console.to(new PrintStream(output, true, StandardCharsets.UTF_8)))
                .add(List.of(proof("a")), ledger -> {});

        assertThat(ReadinessFile.parse(Files.readString(work.resolve("readiness.json")))
                        .evidence())
                .containsExactly(proof("a"));
        assertThat(output.toString(StandardCharsets.UTF_8))
                .startsWith("Stampede report: " + work.resolve("readiness.json")
                        + " is not as Stampede writes it, so what it says is lost: ");
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
        ReadinessFile file = new ReadinessFile(work, Console.to(new PrintStream(output, true, StandardCharsets.UTF_8)));
        file.add(List.of(proof("a").shownAt("./page#old")), ledger -> {});

        file.add(
                new PlanEvidence(List.of(proof("b").shownAt("./page#new")), Map.of()),
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
