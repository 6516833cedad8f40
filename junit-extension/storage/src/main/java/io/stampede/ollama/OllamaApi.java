package io.stampede.ollama;

import io.stampede.ollama.ModelWorkers.RawVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ollama's JSON API over one model: bodies in, bodies out. Knows nothing of sockets. Thread-safe. */
final class OllamaApi {
    static final String VERSION = "0.1.0-stampede";

    /** Of the model file, as Ollama lists it. */
    static final String DIGEST = "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1";

    private static final long MODEL_BYTES = 22_972_370;

    private final JsonMapper json = JsonMapper.shared();
    private final ModelWorkers workers;
    private final int maxInputs;
    private final Instant startedAt = Instant.now();

    OllamaApi(ModelWorkers workers, int maxInputs) {
        this.workers = workers;
        this.maxInputs = maxInputs;
    }

    byte[] version() {
        return json.writeValueAsBytes(Map.of("version", VERSION));
    }

    byte[] tags() {
        return json.writeValueAsBytes(Map.of(
                "models",
                List.of(fields(
                        "name",
                        ModelName.CANONICAL,
                        "model",
                        ModelName.CANONICAL,
                        "modified_at",
                        startedAt.toString(),
                        "size",
                        MODEL_BYTES,
                        "digest",
                        DIGEST,
                        "details",
                        details()))));
    }

    /** {@code POST /api/embed}: vectors of length 1, in the order of the texts. */
    byte[] embed(byte[] body, long deadlineNanos) throws Refusal {
        long start = System.nanoTime();
        JsonNode request = read(body);
        List<String> texts = inputs(request.get("input"));
        String model = requireModel(request);
        boolean truncate = flag(request, "truncate", true);
        int dimensions = dimensions(request);

        List<RawVector> embeddings = workers.embed(texts, truncate, deadlineNanos);

        List<float[]> vectors = new ArrayList<>(embeddings.size());
        for (RawVector embedding : embeddings) {
            vectors.add(MiniLm.normalize(embedding.vector(dimensions)));
        }
        return json.writeValueAsBytes(fields(
                "model",
                model,
                "embeddings",
                vectors,
                "total_duration",
                System.nanoTime() - start,
                "load_duration",
                0L, // loaded before the first request, and kept
                "prompt_eval_count",
                embeddings.stream().mapToInt(RawVector::tokens).sum()));
    }

    /** {@code POST /api/embeddings}, the older call: one text, its vector not normalised. */
    byte[] embeddings(byte[] body, long deadlineNanos) throws Refusal {
        JsonNode request = read(body);
        requireModel(request);
        String prompt = text(request, "prompt");
        float[] vector = prompt.isEmpty()
                ? new float[0]
                : workers.embed(List.of(prompt), true, deadlineNanos).get(0).vector(MiniLm.DIMENSIONS);
        return json.writeValueAsBytes(Map.of("embedding", vector));
    }

    byte[] show(byte[] body) throws Refusal {
        requireModel(read(body));
        return json.writeValueAsBytes(fields(
                "modelfile", "FROM " + ModelName.CANONICAL + "\n",
                "parameters", "num_ctx                        " + MiniLm.MAX_TOKENS,
                "template", "{{ .Prompt }}",
                "details", details(),
                "model_info",
                        fields(
                                "general.architecture",
                                "bert",
                                "general.parameter_count",
                                22_713_216L,
                                "bert.context_length",
                                MiniLm.MAX_TOKENS,
                                "bert.embedding_length",
                                MiniLm.DIMENSIONS),
                "capabilities", List.of("embedding"),
                "modified_at", startedAt.toString()));
    }

    /** {@code POST /api/pull}: there is nothing to fetch, so it succeeds at once or not at all. */
    Pull pull(byte[] body) throws Refusal {
        JsonNode request = read(body);
        String model = modelName(request);
        boolean stream = flag(request, "stream", true);
        boolean known = ModelName.isKnown(model);
        String failure = "pull model manifest: file does not exist: only " + ModelName.CANONICAL + " is here";
        if (!stream) {
            if (!known) {
                throw new Refusal(500, failure);
            }
            return new Pull(json.writeValueAsString(Map.of("status", "success")), false);
        }
        List<Map<String, String>> lines = new ArrayList<>();
        lines.add(Map.of("status", "pulling manifest"));
        if (known) {
            lines.add(Map.of("status", "verifying sha256 digest"));
            lines.add(Map.of("status", "writing manifest"));
            lines.add(Map.of("status", "success"));
        } else {
            lines.add(Map.of("error", failure));
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(json.writeValueAsString(line)).append('\n'));
        return new Pull(text.toString(), true);
    }

    /** The body, and whether it is one JSON value a line. */
    record Pull(String body, boolean lines) {}

    byte[] error(String message) {
        return json.writeValueAsBytes(Map.of("error", message));
    }

    private JsonNode read(byte[] body) throws Refusal {
        if (body.length == 0) {
            throw new Refusal(400, "missing request body");
        }
        try {
            JsonNode request = json.readTree(body);
            if (!request.isObject()) {
                throw new Refusal(400, "the request body must be a JSON object");
            }
            return request;
        } catch (JacksonException e) {
            throw new Refusal(400, "malformed JSON: " + e.getOriginalMessage());
        }
    }

    /** A text or a list of texts; nothing at all is an empty list, as in Ollama. */
    private List<String> inputs(@Nullable JsonNode input) throws Refusal {
        if (input == null || input.isNull()) {
            return List.of();
        }
        if (input.isString()) {
            String text = input.stringValue();
            return text.isEmpty() ? List.of() : List.of(text);
        }
        if (!input.isArray()) {
            throw new Refusal(400, "invalid input type");
        }
        if (input.size() > maxInputs) {
            throw new Refusal(400, "too many inputs: " + input.size() + ", at most " + maxInputs + " are taken");
        }
        List<String> texts = new ArrayList<>(input.size());
        for (JsonNode text : input) {
            if (!text.isString()) {
                throw new Refusal(400, "invalid input type");
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    private static String requireModel(JsonNode request) throws Refusal {
        String model = modelName(request);
        if (!ModelName.isKnown(model)) {
            throw new Refusal(404, "model \"" + model + "\" not found, try pulling it first");
        }
        return model;
    }

    /** {@code model}, or {@code name} as older clients say. */
    private static String modelName(JsonNode request) throws Refusal {
        String model = text(request, "model");
        String name = model.isBlank() ? text(request, "name") : model;
        if (name.isBlank()) {
            throw new Refusal(400, "model is required");
        }
        return name;
    }

    private static String text(JsonNode request, String field) throws Refusal {
        JsonNode value = request.get(field);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw new Refusal(400, field + " must be a string");
        }
        return value.stringValue();
    }

    private static boolean flag(JsonNode request, String field, boolean fallback) throws Refusal {
        JsonNode value = request.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw new Refusal(400, field + " must be true or false");
        }
        return value.booleanValue();
    }

    /** How many of the vector's numbers are wanted; as in Ollama, a number out of range means all. */
    private static int dimensions(JsonNode request) throws Refusal {
        JsonNode value = request.get("dimensions");
        if (value == null || value.isNull()) {
            return MiniLm.DIMENSIONS;
        }
        if (!value.isIntegralNumber()) {
            throw new Refusal(400, "dimensions must be a whole number");
        }
        long wanted = value.canConvertToLong() ? value.longValue() : 0;
        return wanted > 0 && wanted < MiniLm.DIMENSIONS ? (int) wanted : MiniLm.DIMENSIONS;
    }

    private static Map<String, Object> details() {
        return fields(
                "format", "onnx",
                "family", "bert",
                "families", List.of("bert"),
                "parameter_size", "23M",
                "quantization_level", "INT8");
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
