package io.stampede.internal.history;

import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.internal.baseline.Fingerprint;
import io.stampede.internal.baseline.StoredRun;
import io.stampede.internal.recorder.HistogramCodec;
import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A stored run as JSON; docs/guide/baselines.md describes it. */
final class RunFile {

    static final String FORMAT = "stampede-run";

    /** Rises when a field changes its meaning or goes. */
    static final int VERSION = 1;

    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_ENTRIES = 200;

    /** Texts that are read. */
    private static final Set<String> TEXTS = Set.of("format", "scenario", "startedAt", "standing");

    /** Wider than any time in nanoseconds and any rate is; what is computed of figures between them stays finite. */
    private static final double LEAST_FIGURE = 1e-12;

    private static final double MOST_FIGURE = 1e18;

    /** Of the years that have four digits. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_BYTES)
                    .maxNestingDepth(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RunFile() {}

    static byte[] bytes(StoredRun run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("format", FORMAT);
            json.writeNumberProperty("version", VERSION);
            json.writeStringProperty("scenario", StoredText.of(run.scenario()));
            json.writeStringProperty("startedAt", run.startedAt().toString());
            texts(json, "fingerprint", run.fingerprint().parts());
            json.writeStringProperty("standing", run.standing().name());
            json.writeBooleanProperty("newLevel", run.newLevel());
            texts(json, "notes", run.notes());
            json.writeNumberProperty("succeeded", run.outcomes().succeeded());
            json.writeNumberProperty("failed", run.outcomes().failed());
            json.writeNumberProperty("elapsedNanos", run.elapsed().toNanos());
            figures(json, run.figures());
            json.writeArrayPropertyStart("slices");
            for (StoredRun.Slice slice : run.slices()) {
                json.writeStartObject();
                json.writeNumberProperty("operations", slice.operations());
                figures(json, slice.figures());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringProperty(
                    "responseTime", HistogramCodec.encode(run.outcomes().responseTime()));
            json.writeStringProperty(
                    "serviceTime", HistogramCodec.encode(run.outcomes().serviceTime()));
            json.writeEndObject();
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) {
        json.writeObjectPropertyStart(name);
        texts.forEach((key, text) -> json.writeStringProperty(StoredText.of(key), StoredText.of(text)));
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, Map<Measure, Double> figures) {
        json.writeObjectPropertyStart("figures");
        for (Measure measure : Measure.values()) {
            Double value = figures.get(measure);
            if (value != null) {
                json.writeNumberProperty(measure.name(), value);
            }
        }
        json.writeEndObject();
    }

    /**
     * The run without its histograms, which take most of the file and which no comparison needs: its times are empty.
     *
     * @throws IOException where it is no such file, with what is wrong
     */
    static StoredRun parse(byte[] bytes) throws IOException {
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is longer than " + MAX_BYTES + " bytes");
        }
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            return new Fields(json).run();
        } catch (JacksonException e) {
            throw new IOException("it is damaged: " + e.getOriginalMessage(), e);
        } catch (RuntimeException e) { // whichever: one odd file must not keep the others from being read
            throw new IOException("it is damaged: " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    /** The fields of one file, in any order; those that are not known are passed over. */
    private static final class Fields {

        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Long> numbers = new HashMap<>();
        private final Map<String, Map<String, String>> maps = new HashMap<>();
        private Map<Measure, Double> figures = Map.of();
        private List<StoredRun.Slice> slices = List.of();
        private boolean newLevel;

        Fields(JsonParser json) throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "figures" -> figures = figures(json, token);
                    case "slices" -> slices = slices(json, token);
                    case "fingerprint", "notes" -> maps.put(name, texts(json, token, name));
                    default -> field(json, token, name);
                }
            }
        }

        private void field(JsonParser json, JsonToken token, String name) {
            switch (token) {
                case VALUE_STRING -> {
                    if (TEXTS.contains(name)) { // not the histograms
                        texts.put(name, json.getString());
                    }
                }
                case VALUE_NUMBER_INT -> numbers.put(name, json.getLongValue());
                case VALUE_TRUE -> newLevel |= name.equals("newLevel");
                default -> json.skipChildren();
            }
        }

        StoredRun run() throws IOException {
            if (!FORMAT.equals(texts.get("format"))) {
                throw new IOException("it is no run of Stampede");
            }
            long version = number("version");
            if (version > VERSION) {
                throw new IOException("it has version " + version + ", and this Stampede knows " + VERSION
                        + ": it was written by a newer one");
            }
            Map<String, String> fingerprint = maps.get("fingerprint");
            if (fingerprint == null || fingerprint.isEmpty()) {
                throw new IOException("it has no fingerprint");
            }
            return new StoredRun(
                    text("scenario"),
                    startedAt(),
                    new Fingerprint(fingerprint),
                    Standing.valueOf(text("standing")),
                    newLevel,
                    maps.getOrDefault("notes", Map.of()),
                    new Outcomes(number("succeeded"), number("failed"), Distribution.EMPTY, Distribution.EMPTY),
                    Duration.ofNanos(number("elapsedNanos")),
                    figures,
                    slices);
        }

        private Instant startedAt() throws IOException {
            Instant startedAt = Instant.parse(text("startedAt"));
            if (startedAt.isBefore(FIRST) || startedAt.isAfter(LAST)) {
                throw new IOException("its startedAt is " + startedAt + ", which is not within 1970 to 9999");
            }
            return startedAt;
        }

        private String text(String name) throws IOException {
            return plain(name, given(name, texts.get(name)));
        }

        private static String plain(String name, String text) throws IOException {
            if (!StoredText.is(text)) {
                throw new IOException("its " + name + " is longer than " + StoredText.MAX_LENGTH
                        + " characters, or has control characters");
            }
            return text;
        }

        private long number(String name) throws IOException {
            long value = given(name, numbers.get(name));
            if (value < 0) {
                throw new IOException("its " + name + " is " + value);
            }
            return value;
        }

        private static <T> T given(String name, @Nullable T value) throws IOException {
            if (value == null) {
                throw new IOException("it has no " + name);
            }
            return value;
        }

        private static Map<String, String> texts(JsonParser json, JsonToken token, String name) throws IOException {
            require(token, JsonToken.START_OBJECT, name);
            Map<String, String> texts = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = plain(name, json.currentName());
                require(json.nextToken(), JsonToken.VALUE_STRING, name + "." + key);
                texts.put(key, plain(name + "." + key, json.getString()));
                requireFew(texts.size(), name);
            }
            return texts;
        }

        private static Map<Measure, Double> figures(JsonParser json, JsonToken token) throws IOException {
            require(token, JsonToken.START_OBJECT, "figures");
            Map<Measure, Double> figures = new EnumMap<>(Measure.class);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (!json.nextToken().isNumeric()) {
                    throw new IOException("its figure " + name + " is no number");
                }
                double value = json.getDoubleValue();
                if (!(value >= LEAST_FIGURE && value <= MOST_FIGURE)) {
                    throw new IOException("its figure " + name + " is " + value);
                }
                for (Measure measure : Measure.values()) {
                    if (measure.name().equals(name)) {
                        figures.put(measure, value);
                    }
                }
            }
            return figures;
        }

        private static List<StoredRun.Slice> slices(JsonParser json, JsonToken token) throws IOException {
            require(token, JsonToken.START_ARRAY, "slices");
            List<StoredRun.Slice> slices = new ArrayList<>();
            for (JsonToken slice = json.nextToken(); slice != JsonToken.END_ARRAY; slice = json.nextToken()) {
                require(slice, JsonToken.START_OBJECT, "slices");
                Map<Measure, Double> figures = Map.of();
                long operations = 0;
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (name.equals("figures")) {
                        figures = figures(json, value);
                    } else if (name.equals("operations")) {
                        operations = json.getLongValue();
                    } else {
                        json.skipChildren();
                    }
                }
                slices.add(new StoredRun.Slice(operations, figures));
                requireFew(slices.size(), "slices");
            }
            return slices;
        }

        private static void require(@Nullable JsonToken token, JsonToken wanted, String name) throws IOException {
            if (token != wanted) {
                throw new IOException("its " + name + " is not as it must be");
            }
        }

        private static void requireFew(int entries, String name) throws IOException {
            if (entries > MAX_ENTRIES) {
                throw new IOException("its " + name + " are more than " + MAX_ENTRIES);
            }
        }
    }
}
