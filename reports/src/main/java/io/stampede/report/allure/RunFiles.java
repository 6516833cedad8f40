package io.stampede.report.allure;

import io.stampede.report.readiness.ReadinessResult;
import io.stampede.report.text.Json;
import io.stampede.report.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The files beside Allure's results that speak of the run as a whole. */
final class RunFiles {

    /**
     * One sort of outcome.
     *
     * @param messageRegex must match the whole message
     */
    record Category(String name, List<String> statuses, String messageRegex) {}

    /** A result is in the first sort alone that matches: they exclude each other. */
    static final List<Category> CATEGORIES = List.of(
            new Category("Performance target missed", List.of("failed"), "(?s)(?!@|Readiness: ).*\\bCRITICAL\\b.*"),
            new Category(
                    "No data: a target's metric was not measured",
                    List.of("failed"),
                    "(?s)(?!@|Readiness: )(?!.*\\bCRITICAL\\b).*\\bNO DATA\\b.*"),
            new Category(
                    "Acceptable was not good enough (strict)",
                    List.of("failed"),
                    "(?s)(?!@|Readiness: )(?!.*\\b(?:CRITICAL|NO DATA)\\b).*\\bACCEPTABLE\\b.*"),
            new Category("Ready for production?", List.of("failed", "skipped"), "(?s)" + ReadinessResult.PREFIX + ".*"),
            new Category("Invalid run: the load generator was at fault", List.of("skipped"), "(?s)(?!@|Readiness: ).*"),
            new Category("Configuration error", List.of("broken", "failed"), "(?s)@.*"),
            new Category(
                    "Other failure",
                    List.of("broken", "failed"),
                    "(?s)(?!@|Readiness: )(?!.*\\b(?:CRITICAL|NO DATA|ACCEPTABLE)\\b).*"));

    private RunFiles() {}

    static void write(Path results, Run run) throws IOException {
        Files.createDirectories(results);
        Files.write(results.resolve("environment.properties"), environment(run.facts()));
        Files.write(results.resolve("categories.json"), json(RunFiles::categories));
        Files.write(results.resolve("load-perf.json"), json(json -> figures(json, run.figures())));
        byte[] executor = executor(System.getenv());
        if (executor != null) {
            Files.write(results.resolve("executor.json"), executor);
        }
    }

    private static byte[] environment(Map<String, String> facts) throws IOException {
        Properties properties = new Properties();
        facts.forEach((key, value) -> properties.setProperty(Text.line(key, 80), Text.line(value, 400)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // To a stream and not to a writer: so it is ASCII, whatever the reader takes for granted.
        properties.store(bytes, null);
        return bytes.toByteArray();
    }

    private static void categories(JsonGenerator json) {
        json.writeStartArray();
        for (Category category : CATEGORIES) {
            json.writeStartObject();
            json.writeStringProperty("name", category.name());
            json.writeName("matchedStatuses");
            json.writeStartArray();
            category.statuses().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("messageRegex", category.messageRegex());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    // What names them is in each of them too, so that Allure shows it without a configuration.
    private static void figures(JsonGenerator json, List<Figure> figures) {
        json.writeStartArray();
        for (Figure figure : figures) {
            json.writeStartObject();
            json.writeStringProperty("id", figure.key());
            json.writeStringProperty("key", figure.key());
            json.writeStringProperty("title", figure.title());
            json.writeNumberProperty("value", figure.value());
            json.writeStringProperty("unit", figure.unit());
            json.writeStringProperty("better", figure.lowerIsBetter() ? "lower" : "higher");
            json.writeNumberProperty("start", figure.startMillis());
            json.writeNumberProperty("stop", figure.stopMillis());
            json.writeStringProperty("group", figure.group());
            json.writeStringProperty("groupTitle", figure.group());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Who ran the build; null where it is nobody known. */
    static byte @Nullable [] executor(Map<String, String> environment) {
        if (environment.containsKey("GITHUB_RUN_ID")) {
            String repository = environment.getOrDefault("GITHUB_SERVER_URL", "https://github.com") + "/"
                    + environment.getOrDefault("GITHUB_REPOSITORY", "");
            return executor(
                    "GitHub Actions",
                    "github",
                    environment.getOrDefault("GITHUB_WORKFLOW", "workflow"),
                    environment.getOrDefault("GITHUB_RUN_NUMBER", "0"),
                    repository + "/actions/runs/" + environment.get("GITHUB_RUN_ID"));
        }
        if (environment.containsKey("GITLAB_CI")) {
            return executor(
                    "GitLab CI",
                    "gitlab",
                    environment.getOrDefault("CI_JOB_NAME", "job"),
                    environment.getOrDefault("CI_PIPELINE_IID", "0"),
                    environment.getOrDefault("CI_JOB_URL", ""));
        }
        if (environment.containsKey("JENKINS_URL")) {
            return executor(
                    "Jenkins",
                    "jenkins",
                    environment.getOrDefault("JOB_NAME", "job"),
                    environment.getOrDefault("BUILD_NUMBER", "0"),
                    environment.getOrDefault("BUILD_URL", ""));
        }
        return null;
    }

    private static byte[] executor(String name, String type, String build, String number, String url) {
        return json(json -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeStringProperty("type", type);
            json.writeStringProperty("buildName", build + " #" + number);
            if (number.matches("\\d{1,15}")) {
                json.writeNumberProperty("buildOrder", Long.parseLong(number));
            }
            json.writeStringProperty("buildUrl", url);
            json.writeEndObject();
        });
    }

    private static byte[] json(Consumer<JsonGenerator> writing) {
        return Json.of(writing).getBytes(StandardCharsets.UTF_8);
    }
}
