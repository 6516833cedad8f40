package io.stampede.report.allure;

import io.stampede.report.text.Json;
import io.stampede.report.text.Links;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * The configuration with which Allure 3 makes its report of a run: titles, units and the better direction of each figure,
 * and gates from the targets tables.
 */
final class Allure3Configuration {

    private Allure3Configuration() {}

    /**
     * @param directory where the file will be; all its paths are relative to it
     */
    static String of(Figures figures, Path directory, Path results, Path history) {
        return """
                // Written by Stampede with each run: `npx allure@3 generate --config <this file>`, and for the gates
                // `npx allure@3 quality-gate --config <this file>` (Node 22 or later). Import it to add what is your own.
                import { fileURLToPath } from "node:url";

                const here = (path) => fileURLToPath(new URL(path, import.meta.url));

                export default {
                  name: "Load tests",
                  resultsDir: here(%s),
                  output: here("./allure3-report"),
                  historyPath: here(%s),
                  plugins: { awesome: { options: { singleFile: true } } },
                  categories: %s,
                  performance: %s,
                  qualityGate: %s,
                };
                """.formatted(
                        quoted(Links.relative(directory, results)),
                        quoted(Links.relative(directory, history.resolve("allure3.jsonl"))),
                        Json.of(json -> Category.write(json, Category::javascriptRegex)),
                        Json.of(json -> performance(json, figures)),
                        Json.of(json -> gates(json, figures)));
    }

    private static void performance(JsonGenerator json, Figures figures) {
        json.writeStartObject();
        json.writeName("groups");
        json.writeStartObject();
        Set<String> groups = new LinkedHashSet<>();
        figures.metrics().forEach(metric -> groups.add(metric.group()));
        for (String group : groups) {
            json.writeName(group);
            json.writeStartObject();
            json.writeStringProperty("title", group);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeName("metrics");
        json.writeStartObject();
        for (Allure3Metric metric : figures.metrics()) {
            json.writeName(metric.key());
            json.writeStartObject();
            json.writeStringProperty("title", metric.title());
            json.writeStringProperty("unit", metric.unit());
            json.writeStringProperty("better", metric.lowerIsBetter() ? "lower" : "higher");
            json.writeStringProperty("group", metric.group());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void gates(JsonGenerator json, Figures figures) {
        json.writeStartObject();
        json.writeName("rules");
        json.writeStartArray();
        for (Figures.Gate gate : figures.gates()) {
            json.writeStartObject();
            json.writeStringProperty("id", gate.key());
            json.writeName(gate.upper() ? "metricMax" : "metricMin");
            json.writeStartObject();
            json.writeStringProperty("key", gate.key());
            json.writeNumberProperty("value", gate.value());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String quoted(String text) {
        return Json.of(json -> json.writeString(text));
    }
}
