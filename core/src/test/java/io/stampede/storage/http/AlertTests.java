package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Has Prometheus' own tool try the alerts on series. Aborted where the tool is not installed. */
class AlertTests {

    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
    private static final Path RULES = DOCS.resolve("monitoring/stampede-alerts.yml");
    private static final Path SERIES = Path.of("src/test/resources/prometheus/stampede-alerts-test.yml");

    @TempDir
    private Path folder;

    @Test
    void fireWhereTheyShouldAndOnlyThere() throws Exception {
        Run run = promtool("test", "rules", SERIES.toString());

        assertThat(run.status()).as(run.output()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            queue_size > 500                     | queue_size > 501
            queue_size > 500                     | queue_size >= 500
            > 0.02                               | > 0.05
            > 0.02                               | > 0.015
            < 0.99                               | < 0.98
            < 0.99                               | < 0.995
            (rate(stampede_storage_rejected           | (0 * rate(stampede_storage_rejected
            [5m])) > 0                           | [5m])) > 2
            max by (job) (deriv                  | max by (job, instance) (deriv
            for: 10m                             | for: 1m
            for: 10m                             | for: 20m
            breaker_open == 1                    | breaker_open == 0
            """)
    void aRuleThatIsWrongIsNoticed(String right, String wrong) throws Exception {
        String rules = Files.readString(RULES);
        assertThat(rules).contains(right);
        Path changed = Files.writeString(folder.resolve("rules.yml"), rules.replace(right, wrong));
        String series = Files.readString(SERIES).replaceFirst("- \\.\\./\\S+", "- " + changed);
        Path test = Files.writeString(folder.resolve("test.yml"), series);

        Run run = promtool("test", "rules", test.toString());

        assertThat(run.status()).as(run.output()).isNotZero();
        assertThat(run.output()).contains("FAILED").doesNotContain("parse error");
    }

    @Test
    void tellHowBadItIsAndWhatToDo() throws IOException {
        String rules = Files.readString(RULES);
        String guide = Files.readString(DOCS.resolve("guide/monitoring.md"));
        List<String> names = Pattern.compile("- alert: (\\w+)")
                .matcher(rules)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(names).hasSize(5).allSatisfy(name -> {
            String rule = rules.substring(rules.indexOf("- alert: " + name)).split("\n\n", 2)[0];
            assertThat(rule).containsPattern("\\n +for: \\d+m\\n");
            assertThat(rule).containsPattern("severity: (warning|critical)\\n");
            assertThat(rule).contains("summary: ", "description: ");
            String anchor = name.toLowerCase(Locale.ROOT);
            assertThat(rule).contains("runbook: docs/guide/monitoring.md#" + anchor);
            assertThat(guide).as("a section for the runbook").contains("### " + name + "\n");
        });
        assertThat(Pattern.compile("runbook: ").matcher(rules).results().map(MatchResult::group))
                .hasSameSizeAs(names);
    }

    private record Run(int status, String output) {}

    private static Run promtool(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.command().add(0, "promtool");
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("promtool is not installed (Debian: package prometheus)");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
