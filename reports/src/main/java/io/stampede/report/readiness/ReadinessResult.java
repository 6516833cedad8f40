package io.stampede.report.readiness;

import io.stampede.report.text.Json;
import io.stampede.report.text.Links;
import io.stampede.report.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** The readiness checklist as a test result of its own among Allure's. */
public final class ReadinessResult {

    static final String NAME = "Ready for production?";

    /** How its message begins, so that no category of tests claims it. */
    public static final String PREFIX = "Readiness: ";

    /** An Allure result must stay small. */
    private static final int FINDINGS = 50;

    private ReadinessResult() {}

    /**
     * Takes the place of one that is there already, from an earlier plan of the same run.
     *
     * @param report directory of Allure's page, from which links lead to the checklist
     */
    static void write(Path results, Checklist checklist, Path report, Path page) throws IOException {
        Files.createDirectories(results);
        String id = stable("result").toString();
        String html = id + "-attachment.html";
        String markdown = stable("markdown") + "-attachment.md";
        Files.writeString(results.resolve(html), ReadinessPage.of(checklist, false));
        Files.writeString(results.resolve(markdown), ReadinessMarkdown.of(checklist));
        String text = Json.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("uuid", id);
            json.writeStringProperty("historyId", hex(stable("history")));
            json.writeStringProperty("testCaseId", hex(stable("case")));
            json.writeStringProperty("fullName", "stampede.readiness");
            json.writeStringProperty("name", NAME);
            json.writeStringProperty("status", status(checklist.status()));
            json.writeStringProperty("stage", "finished");
            json.writeNumberProperty("start", checklist.at().toEpochMilli());
            json.writeNumberProperty("stop", checklist.at().toEpochMilli());
            json.writeStringProperty(
                    "description", "What the tests of this build have shown of the readiness for production.");
            if (checklist.status() != Checklist.Status.GREEN) {
                json.writeName("statusDetails");
                json.writeStartObject();
                json.writeStringProperty("message", PREFIX + checklist.headline() + ": " + checklist.counts() + ".");
                json.writeEndObject();
            }
            labels(json);
            json.writeName("links");
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringProperty("name", page.getFileName().toString());
            json.writeStringProperty("url", Links.relative(report, page));
            json.writeStringProperty("type", "evidence");
            json.writeEndObject();
            json.writeEndArray();
            json.writeName("attachments");
            json.writeStartArray();
            attachment(json, "Readiness checklist", html, "text/html");
            attachment(json, "Readiness checklist (Markdown)", markdown, "text/markdown");
            json.writeEndArray();
            json.writeName("steps");
            json.writeStartArray();
            checklist.lines().forEach(line -> step(json, line, checklist.at().toEpochMilli()));
            json.writeEndArray();
            json.writeEndObject();
        });
        Files.writeString(results.resolve(id + "-result.json"), text);
    }

    private static void labels(JsonGenerator json) {
        json.writeName("labels");
        json.writeStartArray();
        Map.of("suite", "Readiness", "epic", "Readiness", "tag", "readiness").forEach((name, value) -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeStringProperty("value", value);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private static void attachment(JsonGenerator json, String name, String source, String type) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("source", source);
        json.writeStringProperty("type", type);
        json.writeEndObject();
    }

    private static void step(JsonGenerator json, Checklist.Line line, long at) {
        String status = status(line.status());
        begin(json, line.name() + ": " + line.status().label() + ". " + line.reason(), status, at);
        json.writeName("steps");
        json.writeStartArray();
        for (String finding :
                line.findings().subList(0, Math.min(FINDINGS, line.findings().size()))) {
            begin(json, finding, status, at);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, String name, String status, long at) {
        json.writeStartObject();
        json.writeStringProperty("name", Text.line(name, 500));
        json.writeStringProperty("status", status);
        json.writeStringProperty("stage", "finished");
        json.writeNumberProperty("start", at);
        json.writeNumberProperty("stop", at);
    }

    private static String status(Checklist.Status status) {
        return switch (status) {
            case GREEN -> "passed";
            case RED -> "failed";
            case NOT_RUN -> "skipped";
        };
    }

    private static UUID stable(String part) {
        return UUID.nameUUIDFromBytes(("stampede.readiness." + part).getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }
}
