package io.stampede.report.allure;

import io.stampede.report.readiness.ReadinessResult;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * One sort of outcome, by which Allure groups tests that did not pass. A test is in exactly one: the sorts exclude each
 * other.
 *
 * @param statuses of the tests in it, as Allure names them
 * @param messageRegex matches the whole message; in Java's syntax
 */
record Category(String name, List<String> statuses, String messageRegex) {

    static final List<Category> ALL = List.of(
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

    /** The same in JavaScript's syntax, for Allure 3, which has other words for "all of it, with its line breaks". */
    String javascriptRegex() {
        return "^(?:" + messageRegex.replace("(?s)", "").replace(".*", "[\\s\\S]*") + ")$";
    }

    /** Writes all as the array that both versions of Allure read. */
    static void write(JsonGenerator json, Function<Category, String> regex) {
        json.writeStartArray();
        for (Category category : ALL) {
            json.writeStartObject();
            json.writeStringProperty("name", category.name());
            json.writeName("matchedStatuses");
            json.writeStartArray();
            category.statuses().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("messageRegex", regex.apply(category));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
