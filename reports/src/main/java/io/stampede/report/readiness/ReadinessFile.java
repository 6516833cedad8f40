package io.stampede.report.readiness;

import io.stampede.internal.format.AtomicFiles;
import io.stampede.metric.Band;
import io.stampede.report.readiness.Evidence.MissedTarget;
import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.text.Console;
import io.stampede.report.text.FileGuard;
import io.stampede.report.text.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/** The evidence of a build, to which each of its JVMs adds: one after the other, as the file is locked meanwhile. */
final class ReadinessFile {

    private static final int SCHEMA = 1;

    /** Each JVM writes two pages at most; only one that stands still takes so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path directory;
    private final Console console;

    ReadinessFile(Path directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** What is done with all evidence while no other JVM adds to it. */
    interface Use {
        void of(Ledger ledger) throws IOException;
    }

    /** Adds what was shown, and hands over all that there is then. */
    void add(List<Evidence> later, Use use) throws IOException {
        add(new PlanEvidence(later, Map.of()), UnaryOperator.identity(), use);
    }

    /**
     * As {@link #add(List, Use)}.
     *
     * @param known what becomes of each piece of evidence that is there already
     */
    void add(PlanEvidence later, UnaryOperator<Evidence> known, Use use) throws IOException {
        FileGuard.holding(directory.resolve("readiness.lock"), PATIENCE, () -> {
            Ledger ledger = new Ledger(read().evidence().stream().map(known).toList()).with(later);
            AtomicFiles.write(directory.resolve("readiness.json"), write(ledger).getBytes(StandardCharsets.UTF_8));
            use.of(ledger);
            return ledger;
        });
    }

    /** All evidence that there is; without a lock, since a file takes the place of the one before it at once. */
    Ledger read() throws IOException {
        Path file = directory.resolve("readiness.json");
        if (!Files.exists(file)) {
            return new Ledger(List.of());
        }
        try {
            return parse(Files.readString(file));
        } catch (CharacterCodingException | JacksonException | IllegalArgumentException | DateTimeException e) {
            console.error(file + " is not as Stampede writes it, so what it says is lost", e);
            return new Ledger(List.of());
        }
    }

    /** @throws IllegalArgumentException if the text is JSON, but not of this schema */
    static Ledger parse(String json) {
        Map<?, ?> root = Json.ofSchema(SCHEMA, json);
        List<Evidence> evidence = new ArrayList<>();
        for (Object one : Json.list(root.get("evidence"))) {
            evidence.add(evidence(Json.object(one)));
        }
        return new Ledger(evidence);
    }

    private static Evidence evidence(Map<?, ?> one) {
        List<MissedTarget> rows = new ArrayList<>();
        for (Object row : Json.list(one.get("missed"))) {
            Map<?, ?> fields = Json.object(row);
            rows.add(new MissedTarget(
                    Json.text(fields.get("metric")),
                    Band.valueOf(Json.text(fields.get("band"))),
                    Json.text(fields.get("actual")),
                    Json.text(fields.get("target"))));
        }
        return new Evidence(
                Json.text(one.get("test")),
                Json.textOrNull(one.get("load")),
                Json.list(one.get("lines")).stream().map(Json::text).toList(),
                Outcome.valueOf(Json.text(one.get("outcome"))),
                Json.text(one.get("detail")),
                rows,
                Json.textOrNull(one.get("page")),
                Json.textOrNull(one.get("allure")),
                Instant.parse(Json.text(one.get("at"))),
                Json.textOrNull(one.get("commit")),
                !Boolean.FALSE.equals(one.get("judged"))); // not there in files of earlier versions
    }

    static String write(Ledger ledger) {
        return Json.of(json -> {
            json.writeStartObject();
            json.writeNumberProperty("schema", SCHEMA);
            json.writeName("evidence");
            json.writeStartArray();
            ledger.evidence().forEach(one -> write(json, one));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Evidence one) {
        json.writeStartObject();
        json.writeStringProperty("test", one.test());
        json.writeStringProperty("load", one.load());
        json.writeName("lines");
        json.writeStartArray();
        one.lines().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("outcome", one.outcome().name());
        json.writeStringProperty("detail", one.detail());
        json.writeName("missed");
        json.writeStartArray();
        for (MissedTarget row : one.rows()) {
            json.writeStartObject();
            json.writeStringProperty("metric", row.metric());
            json.writeStringProperty("band", row.band().name());
            json.writeStringProperty("actual", row.actual());
            json.writeStringProperty("target", row.target());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("page", one.page());
        json.writeStringProperty("allure", one.allure());
        json.writeStringProperty("at", one.at().toString());
        json.writeStringProperty("commit", one.commit());
        json.writeBooleanProperty("judged", one.judged());
        json.writeEndObject();
    }
}
