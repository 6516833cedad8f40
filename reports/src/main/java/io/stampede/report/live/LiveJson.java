package io.stampede.report.live;

import io.stampede.report.text.DisplayUnit;
import io.stampede.report.text.Json;
import io.stampede.result.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The board as the page's script reads it. A value that is not a number is null. */
final class LiveJson {

    private LiveJson() {}

    static byte[] of(LiveBoard.View view) {
        return Json.of(json -> {
                    json.writeStartObject();
                    json.writeStringProperty("board", view.board());
                    json.writeNumberProperty("version", view.version());
                    json.writeNumberProperty("oldest", view.oldest());
                    json.writeBooleanProperty("ended", view.ended());
                    json.writeStringProperty(
                            "report",
                            view.report() == null ? null : view.report().toString());
                    json.writeName("runs");
                    json.writeStartArray();
                    view.runs().forEach(run -> run(json, run));
                    json.writeEndArray();
                    json.writeEndObject();
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void run(JsonGenerator json, LiveRun.View run) {
        json.writeStartObject();
        json.writeNumberProperty("id", run.id());
        json.writeStringProperty("name", run.name());
        json.writeStringProperty("plan", run.plan());
        json.writeName("facts");
        json.writeStartObject();
        for (Map.Entry<String, String> fact : run.facts().entrySet()) {
            json.writeStringProperty(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        number(json, "warmUpSeconds", run.warmUpSeconds());
        json.writeBooleanProperty("lost", run.lost());
        json.writeName("gauges");
        json.writeStartArray();
        for (String gauge : run.gauges()) {
            json.writeStartObject();
            json.writeStringProperty("name", gauge);
            json.writeStringProperty("unit", unit(run.last(), gauge));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("moreGauges", run.moreGauges());
        json.writeName("phases");
        json.writeStartArray();
        for (LiveRun.Mark phase : run.phases()) {
            json.writeStartObject();
            json.writeStringProperty("name", phase.name());
            number(json, "seconds", phase.seconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (run.last() != null) {
            json.writeName("last");
            last(json, run.last());
        }
        if (run.outcome() != null) {
            json.writeName("outcome");
            outcome(json, run.outcome());
        }
        if (run.report() != null) {
            json.writeStringProperty("report", run.report().toString());
        }
        LiveSeries.Part points = run.points();
        json.writeBooleanProperty("whole", points.whole());
        json.writeName("points");
        json.writeStartArray();
        points.points().forEach(point -> point(json, point));
        json.writeEndArray();
        if (points.growing() != null) {
            json.writeName("growing");
            point(json, points.growing());
        }
        if (run.newest() != null) {
            json.writeName("newest");
            point(json, run.newest());
        }
        json.writeEndObject();
    }

    /** What the values of a gauge are in; empty before the first was read. */
    private static String unit(@Nullable Snapshot last, String gauge) {
        Snapshot.Reading reading = last == null ? null : last.gauges().get(gauge);
        return reading == null ? "" : DisplayUnit.of(reading.unit()).label();
    }

    private static void last(JsonGenerator json, Snapshot last) {
        json.writeStartObject();
        json.writeStringProperty("stage", last.stage().label());
        json.writeStringProperty("phase", last.phase());
        number(json, "elapsedSeconds", last.elapsed().toNanos() / 1e9);
        number(json, "planSeconds", last.plan().toNanos() / 1e9);
        json.writeNumberProperty("planned", last.planned());
        json.writeNumberProperty("succeeded", last.progress().succeeded());
        json.writeNumberProperty("failed", last.progress().failed());
        number(json, "p95Nanos", last.progress().p95Nanos());
        json.writeEndObject();
    }

    private static void outcome(JsonGenerator json, LiveRun.Outcome outcome) {
        json.writeStartObject();
        json.writeStringProperty("verdict", outcome.verdict());
        json.writeStringProperty("reason", outcome.reason());
        json.writeNumberProperty("planned", outcome.planned());
        json.writeNumberProperty("succeeded", outcome.succeeded());
        json.writeNumberProperty("failed", outcome.failed());
        number(json, "elapsedSeconds", outcome.elapsedSeconds());
        number(json, "throughputPerSecond", outcome.throughput());
        number(json, "successPercent", outcome.successPercent());
        number(json, "p50Nanos", outcome.responseTime().p50());
        number(json, "p95Nanos", outcome.responseTime().p95());
        number(json, "p99Nanos", outcome.responseTime().p99());
        number(json, "maxNanos", outcome.responseTime().max());
        json.writeEndObject();
    }

    /** Stage, end, width, due, ended, failed, then p50, p95, p99 and maximum in milliseconds, then gauges. */
    private static void point(JsonGenerator json, LivePoint point) {
        json.writeStartArray();
        json.writeString(point.stage().label());
        number(json, point.endSeconds());
        number(json, point.widthSeconds());
        number(json, point.due());
        json.writeNumber(point.ended());
        json.writeNumber(point.failed());
        number(json, point.responseTime().p50() / 1e6);
        number(json, point.responseTime().p95() / 1e6);
        number(json, point.responseTime().p99() / 1e6);
        number(json, point.responseTime().max() / 1e6);
        for (double gauge : point.gauges()) {
            number(json, gauge);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, double value) {
        json.writeName(name);
        number(json, value);
    }

    private static void number(JsonGenerator json, double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
