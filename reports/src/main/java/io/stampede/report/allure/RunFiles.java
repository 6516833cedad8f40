package io.stampede.report.allure;

import io.stampede.report.text.Json;
import io.stampede.report.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The files beside Allure's results that speak of the run as a whole. */
final class RunFiles {

    private RunFiles() {}

    static void write(Path results, Figures figures) throws IOException {
        Files.createDirectories(results);
        Files.write(results.resolve("environment.properties"), environment(figures.joinedFacts()));
        Files.write(results.resolve("categories.json"), json(json -> Category.write(json, Category::messageRegex)));
        Files.write(
                results.resolve("load-perf.json"),
                json(json -> Json.write(
                        json,
                        figures.metrics().stream().map(Allure3Metric::data).toList())));
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

    /** Who ran the build; null if that is not known. */
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
