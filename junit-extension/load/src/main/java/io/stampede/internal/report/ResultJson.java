package io.stampede.internal.report;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Measure;
import io.stampede.internal.verdict.ScalabilityLaw;
import io.stampede.metric.Statistic;
import io.stampede.result.Breach;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.FailureGroup;
import io.stampede.result.GaugeSeries;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.Interval;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * A result and its verdict as JSON, for other programs. Stateless; may be used by all threads.
 *
 * <p>The form is stable: {@code schema} is 1, and stays so while fields are only added. Durations are numbers with the
 * unit in the name ({@code elapsedNanos}). What was not measured is {@code null}, and so is every figure that is no
 * number. {@code io/stampede/report/result.schema.json} in this jar is its JSON Schema. Top level:
 *
 * <pre>{@code
 * schema          1
 * scenario        name, kind, description, operations, durationNanos, scale, seed, timeoutNanos, failOn, targetsSource,
 *                 phases [name, workload, operations, durationNanos], warmUp (as a phase) or null, abortWhen [text], maxSlowdownPercent or null
 * startedAt       ISO 8601, UTC
 * elapsedNanos, planned, started, succeeded, failed, throughputPerSecond, successPercent, delivered
 * responseTime, serviceTime, lag, failureTime
 *                 count, minNanos, p50Nanos, p75Nanos, p90Nanos, p95Nanos, p99Nanos, p99_9Nanos, maxNanos, meanNanos
 * series          [startNanos, widthNanos, succeeded, failed, throughputPerSecond, responseTime, serviceTime]
 * phases          [name, planned, succeeded, failed, startNanos, elapsedNanos, settledNanos, throughputPerSecond,
 *                 successPercent, responseTime, serviceTime, gaugeMax {name: value},
 *                 breach: why a step of a stress test broke, or null]
 * failures        [type, shape, count, samples [operation, atNanos, message, stackTrace]]
 * gauges          [name, unit, backlog, samples, errors, min, max, mean, last, afterRecovery, lastError,
 *                 points [[atNanos, value]]]
 * recovery        tookNanos, recovered, limitNanos; or null
 * breakingPoint   capacity, broke, reached, reason, low, high (0 where open), capacityRuns and brokeRuns (held, broke),
 *                 generatorLimited; or null
 * scalability     of a stress test, by the Universal Scalability Law: lambdaPerSecond, sigma, kappa, peakOperations (null
 *                 where there is no peak), peakPerSecond, errorPercent, sizes; or null
 * facts           {name: text}
 * machine         os, arch, processors, memoryBytes, java, jvm, threads
 * endedEarly      text or null
 * abortedBy       text or null
 * abandoned       text or null: threads that did not end
 * warmUp          as a result's phase, or null; in none of the other figures
 * generatorFaults [text]
 * generator       validity, watchedNanos, plannedNanos, startingNanos, startRate (also as delivered), hiccups (as
 *                 responseTime), collections,
 *                 collectingNanos, longestCollectionNanos, processCpu, machineCpu
 * verdict         outcome, reasons [text], notes [text], rows [metric, rule or null, unit, band, actual, value, target, acceptable, note],
 *                 generator [figure, unit, actual, value, limit, standing, note]
 * comparison      with earlier runs: state, statement, runs, leastRuns, errorRatePercent, floorPercent, notes [text],
 *                 changes [measure, label, now, before, changePercent, lowPercent, highPercent, chance,
 *                 detectablePercent, runs, leftOut, decision],
 *                 history [startedAt, commit or null, standing, baseline, figures {measure: value}]; or null.
 *                 Times are nanoseconds
 * }</pre>
 *
 * @since 0.1
 */
public final class ResultJson {

    /** Of what is written; rises when a field changes its meaning or goes. */
    public static final int SCHEMA = 1;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;

    private ResultJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes one JSON object, and leaves the writer open.
     *
     * @throws UncheckedIOException where the writer fails
     */
    public static void write(LoadResult result, Verdict verdict, Writer writer) {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
            new ResultJson(json).result(result, verdict);
        } catch (JacksonIOException e) {
            throw new UncheckedIOException(
                    "Cannot write the result of " + result.scenario().name(), e.getCause());
        }
    }

    private void result(LoadResult result, Verdict verdict) {
        json.writeStartObject();
        json.writeNumberProperty("schema", SCHEMA);
        scenario(result.scenario());
        json.writeStringProperty("startedAt", result.startedAt().toString());
        nanos("elapsedNanos", result.elapsed());
        json.writeNumberProperty("planned", result.planned());
        json.writeNumberProperty("started", result.started());
        json.writeNumberProperty("succeeded", result.succeeded());
        json.writeNumberProperty("failed", result.failed());
        number("throughputPerSecond", result.throughput());
        number("successPercent", result.successRate());
        number("delivered", result.delivered());
        distribution("responseTime", result.responseTime());
        distribution("serviceTime", result.serviceTime());
        distribution("lag", result.lag());
        distribution("failureTime", result.failureTime());
        array("series", result.series(), this::interval);
        array("phases", result.phases(), this::phase);
        array("failures", result.failures(), this::failure);
        array("gauges", result.gauges(), this::gauge);
        recovery(result.recovery());
        breakingPoint(result.breakingPoint());
        scalability(result);
        json.writeObjectPropertyStart("facts");
        result.facts().forEach(json::writeStringProperty);
        json.writeEndObject();
        machine(result.machine());
        text("endedEarly", result.endedEarly());
        text("abortedBy", result.abortedBy());
        text("abandoned", result.ending().abandoned());
        json.writeName("warmUp");
        orNull(result.warmUp(), this::phase);
        array("generatorFaults", result.generator().faults(), json::writeString);
        generator(result.generator());
        verdict(verdict);
        comparison(verdict.comparison());
        json.writeEndObject();
    }

    private void scenario(Scenario scenario) {
        json.writeObjectPropertyStart("scenario");
        json.writeStringProperty("name", scenario.name());
        json.writeStringProperty("kind", scenario.kind().label());
        json.writeStringProperty("description", scenario.describe());
        json.writeNumberProperty("operations", scenario.operations());
        nanos("durationNanos", scenario.duration());
        number("scale", scenario.scale());
        json.writeNumberProperty("seed", scenario.seed());
        nanos("timeoutNanos", scenario.timeout());
        json.writeStringProperty("failOn", scenario.failOn().name());
        json.writeStringProperty("targetsSource", scenario.targets().source());
        array("phases", scenario.phases(), this::planned);
        json.writeName("warmUp");
        orNull(scenario.warmUp(), this::planned);
        array("abortWhen", scenario.abortWhen(), rule -> json.writeString(rule.text()));
        Double maxSlowdown = scenario.maxSlowdown();
        number("maxSlowdownPercent", maxSlowdown == null ? Double.NaN : 100 * maxSlowdown);
        json.writeEndObject();
    }

    private void planned(Phase phase) {
        json.writeStartObject();
        json.writeStringProperty("name", phase.name());
        json.writeStringProperty("workload", phase.workload().describe());
        json.writeNumberProperty("operations", phase.workload().operations());
        nanos("durationNanos", phase.workload().duration());
        json.writeEndObject();
    }

    private void distribution(String name, Distribution distribution) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("count", distribution.count());
        number("minNanos", distribution.percentileNanos(0));
        number("p50Nanos", distribution.percentileNanos(50));
        number("p75Nanos", distribution.percentileNanos(75));
        number("p90Nanos", distribution.percentileNanos(90));
        number("p95Nanos", distribution.percentileNanos(95));
        number("p99Nanos", distribution.percentileNanos(99));
        number("p99_9Nanos", distribution.percentileNanos(99.9));
        number("maxNanos", distribution.percentileNanos(100));
        number("meanNanos", distribution.meanNanos());
        json.writeEndObject();
    }

    private void interval(Interval interval) {
        json.writeStartObject();
        nanos("startNanos", interval.start());
        nanos("widthNanos", interval.width());
        json.writeNumberProperty("succeeded", interval.outcomes().succeeded());
        json.writeNumberProperty("failed", interval.outcomes().failed());
        number("throughputPerSecond", interval.throughput());
        distribution("responseTime", interval.outcomes().responseTime());
        distribution("serviceTime", interval.outcomes().serviceTime());
        json.writeEndObject();
    }

    private void phase(PhaseResult phase) {
        json.writeStartObject();
        json.writeStringProperty("name", phase.name());
        json.writeNumberProperty("planned", phase.planned());
        json.writeNumberProperty("succeeded", phase.outcomes().succeeded());
        json.writeNumberProperty("failed", phase.outcomes().failed());
        nanos("startNanos", phase.start());
        nanos("elapsedNanos", phase.elapsed());
        nanos("settledNanos", phase.settled());
        number("throughputPerSecond", phase.throughput());
        number("successPercent", phase.outcomes().successRate());
        distribution("responseTime", phase.outcomes().responseTime());
        distribution("serviceTime", phase.outcomes().serviceTime());
        json.writeObjectPropertyStart("gaugeMax");
        phase.gaugeMax().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(gauge -> number(gauge.getKey(), gauge.getValue()));
        json.writeEndObject();
        Breach breach = phase.breach();
        text("breach", breach == null ? null : breach.reason());
        json.writeEndObject();
    }

    private void failure(FailureGroup failure) {
        json.writeStartObject();
        json.writeStringProperty("type", failure.type());
        json.writeStringProperty("shape", failure.shape());
        json.writeNumberProperty("count", failure.count());
        array("samples", failure.samples(), sample -> {
            json.writeStartObject();
            json.writeNumberProperty("operation", sample.operation());
            nanos("atNanos", sample.at());
            json.writeStringProperty("message", sample.message());
            json.writeStringProperty("stackTrace", sample.stackTrace());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void gauge(GaugeSeries gauge) {
        json.writeStartObject();
        json.writeStringProperty("name", gauge.name());
        json.writeStringProperty("unit", gauge.unit().name());
        json.writeBooleanProperty("backlog", gauge.backlog());
        json.writeNumberProperty("samples", gauge.samples());
        json.writeNumberProperty("errors", gauge.errors());
        json.writeNumberProperty("infinite", gauge.reads().infinite());
        json.writeBooleanProperty("stopped", gauge.reads().stopped());
        number("min", gauge.min());
        number("max", gauge.max());
        number("mean", gauge.mean());
        for (int percent : new int[] {5, 50, 95, 99}) {
            number("p" + percent, gauge.value(Statistic.percentile(percent)));
        }
        number("last", gauge.last());
        number("afterRecovery", gauge.afterRecovery());
        text("lastError", gauge.lastError());
        array("points", gauge.points(), point -> {
            json.writeStartArray();
            json.writeNumber(point.at().toNanos());
            number(point.value());
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private void recovery(@Nullable Recovery recovery) {
        if (recovery == null) {
            json.writeNullProperty("recovery");
            return;
        }
        json.writeObjectPropertyStart("recovery");
        nanos("tookNanos", recovery.took());
        json.writeBooleanProperty("recovered", recovery.recovered());
        nanos("limitNanos", recovery.limit());
        json.writeEndObject();
    }

    private void breakingPoint(@Nullable BreakingPoint point) {
        if (point == null) {
            json.writeNullProperty("breakingPoint");
            return;
        }
        json.writeObjectPropertyStart("breakingPoint");
        json.writeNumberProperty("capacity", point.capacity());
        json.writeNumberProperty("broke", point.broke());
        json.writeBooleanProperty("reached", point.reached());
        json.writeStringProperty("reason", point.reason());
        json.writeNumberProperty("low", point.low());
        json.writeNumberProperty("high", point.high());
        runs("capacityRuns", point.capacityRuns());
        runs("brokeRuns", point.brokeRuns());
        json.writeBooleanProperty("generatorLimited", point.generatorLimited());
        json.writeEndObject();
    }

    private void runs(String name, BreakingPoint.Runs runs) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("held", runs.held());
        json.writeNumberProperty("broke", runs.broke());
        json.writeEndObject();
    }

    private void scalability(LoadResult result) {
        Optional<ScalabilityLaw> fitted =
                result.scenario().kind().search().flatMap(stress -> ScalabilityLaw.of(result.phases()));
        if (fitted.isEmpty()) {
            json.writeNullProperty("scalability");
            return;
        }
        ScalabilityLaw law = fitted.orElseThrow();
        double peak = law.peak().orElse(Double.NaN);
        json.writeObjectPropertyStart("scalability");
        number("lambdaPerSecond", law.lambda());
        number("sigma", law.sigma());
        number("kappa", law.kappa());
        number("peakOperations", peak);
        number("peakPerSecond", law.throughput(peak));
        number("errorPercent", 100 * law.error());
        json.writeNumberProperty("sizes", law.sizes());
        json.writeEndObject();
    }

    private void machine(Machine machine) {
        json.writeObjectPropertyStart("machine");
        json.writeStringProperty("os", machine.os());
        json.writeStringProperty("arch", machine.arch());
        json.writeNumberProperty("processors", machine.processors());
        json.writeNumberProperty("memoryBytes", machine.memoryBytes());
        json.writeStringProperty("java", machine.java());
        json.writeStringProperty("jvm", machine.jvm());
        json.writeStringProperty("threads", machine.threads());
        json.writeEndObject();
    }

    private void generator(GeneratorHealth health) {
        json.writeObjectPropertyStart("generator");
        json.writeStringProperty("validity", health.limits().mode().name());
        nanos("watchedNanos", health.watched());
        nanos("plannedNanos", health.starts().planned());
        nanos("startingNanos", health.starts().took());
        number("delivered", health.starts().rate()); // the name of earlier versions
        number("startRate", health.starts().rate());
        distribution("hiccups", health.hiccups());
        json.writeNumberProperty("collections", health.collections().count());
        nanos("collectingNanos", health.collections().total());
        nanos("longestCollectionNanos", health.collections().longest());
        number("processCpu", health.cpu().process());
        number("machineCpu", health.cpu().machine());
        json.writeEndObject();
    }

    private void verdict(Verdict verdict) {
        json.writeObjectPropertyStart("verdict");
        json.writeStringProperty("outcome", verdict.outcome().name());
        array("reasons", verdict.reasons(), json::writeString);
        array("notes", verdict.notes(), json::writeString);
        array("rows", verdict.rows(), row -> {
            json.writeStartObject();
            json.writeStringProperty("metric", row.label());
            text("rule", row.subject() instanceof Subject.Rule rule ? rule.name() : null);
            json.writeStringProperty("unit", row.subject().unit().name());
            json.writeStringProperty("band", row.band().name());
            json.writeStringProperty("actual", row.actual());
            number("value", row.value());
            json.writeStringProperty("target", row.target());
            json.writeStringProperty("acceptable", row.acceptable());
            json.writeStringProperty("note", row.note());
            json.writeEndObject();
        });
        array("generator", verdict.generator(), reading -> {
            json.writeStartObject();
            json.writeStringProperty("figure", reading.figure().label());
            json.writeStringProperty("unit", reading.figure().unit().name());
            json.writeStringProperty("actual", reading.actual());
            number("value", reading.value());
            json.writeStringProperty("limit", reading.limit());
            json.writeStringProperty("standing", reading.standing().name());
            json.writeStringProperty("note", reading.note());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void comparison(@Nullable Comparison comparison) {
        if (comparison == null) {
            json.writeNullProperty("comparison");
            return;
        }
        json.writeObjectPropertyStart("comparison");
        json.writeStringProperty("state", comparison.state().name());
        json.writeStringProperty("statement", comparison.statement());
        json.writeNumberProperty("runs", comparison.runs());
        json.writeNumberProperty("leastRuns", comparison.leastRuns());
        number("errorRatePercent", 100 * comparison.errorRate());
        number("floorPercent", 100 * comparison.floor());
        array("notes", comparison.notes(), json::writeString);
        array("changes", comparison.changes(), this::change);
        array("history", comparison.history(), this::point);
        json.writeEndObject();
    }

    private void change(Comparison.Change change) {
        json.writeStartObject();
        json.writeStringProperty("measure", change.measure().name());
        json.writeStringProperty("label", change.measure().label());
        number("now", change.now());
        number("before", change.before());
        number("changePercent", 100 * change.change());
        number("lowPercent", 100 * change.low());
        number("highPercent", 100 * change.high());
        number("chance", change.chance());
        number("detectablePercent", 100 * change.detectable());
        json.writeNumberProperty("runs", change.runs());
        json.writeNumberProperty("leftOut", change.leftOut());
        json.writeStringProperty("decision", change.decision().name());
        json.writeEndObject();
    }

    private void point(Comparison.Point point) {
        json.writeStartObject();
        json.writeStringProperty("startedAt", point.startedAt().toString());
        text("commit", point.commit());
        json.writeStringProperty("standing", point.standing().name());
        json.writeBooleanProperty("baseline", point.baseline());
        json.writeObjectPropertyStart("figures");
        for (Measure measure : Measure.values()) {
            Double value = point.figures().get(measure);
            if (value != null) {
                number(measure.name(), value);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private <T> void array(String name, Iterable<T> items, java.util.function.Consumer<T> write) {
        json.writeArrayPropertyStart(name);
        items.forEach(write);
        json.writeEndArray();
    }

    private <T> void orNull(@Nullable T item, java.util.function.Consumer<T> write) {
        if (item == null) {
            json.writeNull();
        } else {
            write.accept(item);
        }
    }

    private void nanos(String name, @Nullable Duration duration) {
        if (duration == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, duration.toNanos());
        }
    }

    private void text(String name, @Nullable String text) {
        if (text == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }

    private void number(String name, double value) {
        json.writeName(name);
        number(value);
    }

    // JSON has neither NaN nor infinity. Whole numbers are written as such: 5000000, not 5.0E6.
    private void number(double value) {
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else if (Math.rint(value) == value && Math.abs(value) < 1L << 53) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
