package io.stampede.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether the embedded Ollama's model is faster with several texts in one run, and what that does to their vectors. On
 * one thread, as the embedded Ollama runs it.
 */
final class ModelBatches {

    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int DIMENSIONS = 384;
    private static final List<String> WORDS = List.of(
            "order",
            "teapot",
            "where",
            "late",
            "please",
            "refund",
            "blue",
            "Tuesday",
            "address",
            "again",
            "broken",
            "parcel",
            "phone",
            "answer",
            "cannot",
            "twice",
            "invoice",
            "colour",
            "delivery",
            "help");

    private ModelBatches() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        int texts = arguments.whole("--texts", 512, 8, 100_000);
        List<Integer> sizes = arguments.wholes("--batches", "2,8,32", 2, 1000);
        int rounds = arguments.whole("--rounds", 5, 1, 100);
        int warmUp = arguments.whole("--warmup", 1, 0, 100);
        arguments.end();

        Map<String, List<long[]>> inputs = new LinkedHashMap<>();
        try (Model model = Model.load()) {
            inputs.put("equal lengths (14 words)", model.tokens(texts, 14, 14));
            inputs.put("mixed lengths (3 to 60 words)", model.tokens(texts, 3, 60));
            Figures figures = new Figures();
            for (int round = -warmUp; round < rounds; round++) {
                for (Map.Entry<String, List<long[]>> input : inputs.entrySet()) {
                    measure(model, input.getKey(), input.getValue(), sizes, round >= 0 ? figures : new Figures());
                }
            }
            print(inputs, sizes, figures, texts, rounds, warmUp, out);
        }
    }

    private static void measure(Model model, String name, List<long[]> texts, List<Integer> sizes, Figures figures)
            throws OrtException {
        List<List<long[]>> alone = texts.stream().map(List::of).toList();
        Outcome single = run(model, alone);
        figures.add(Map.of(name, single.perSecond));
        for (int size : sizes) {
            compare(model, name + ", padded, " + size, padded(texts, size), single, figures);
            compare(model, name + ", by length, " + size, byLength(texts, size), single, figures);
        }
    }

    private static void compare(Model model, String name, List<List<long[]>> batches, Outcome single, Figures figures)
            throws OrtException {
        Outcome outcome = run(model, batches);
        double least = 1;
        for (Map.Entry<String, float[]> vector : outcome.vectors.entrySet()) {
            least = Math.min(least, cosine(vector.getValue(), single.vectors.get(vector.getKey())));
        }
        figures.add(Map.of(name, outcome.perSecond, name + " cosine", least));
    }

    private static Outcome run(Model model, List<List<long[]>> batches) throws OrtException {
        Map<String, float[]> vectors = new HashMap<>();
        List<float[]> computed = new ArrayList<>();
        int count = 0;
        long begin = System.nanoTime();
        for (List<long[]> batch : batches) {
            computed.addAll(model.embed(batch));
            count += batch.size();
        }
        double perSecond = count / ((System.nanoTime() - begin) / 1e9);
        int index = 0;
        for (List<long[]> batch : batches) {
            for (long[] text : batch) {
                vectors.put(Arrays.toString(text), computed.get(index++));
            }
        }
        return new Outcome(perSecond, vectors);
    }

    /** As they come, the shorter ones filled up to the longest of their batch. */
    private static List<List<long[]>> padded(List<long[]> texts, int size) {
        List<List<long[]>> batches = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += size) {
            batches.add(texts.subList(i, Math.min(texts.size(), i + size)));
        }
        return batches;
    }

    /** Only texts of the same length together, out of as many as a few requests hold: nothing is padded. */
    private static List<List<long[]>> byLength(List<long[]> texts, int size) {
        List<List<long[]>> batches = new ArrayList<>();
        for (List<long[]> request : padded(texts, Math.max(32, size))) {
            List<long[]> sorted = new ArrayList<>(request);
            sorted.sort(Comparator.comparingInt(text -> text.length));
            List<long[]> batch = new ArrayList<>();
            for (long[] text : sorted) {
                if (batch.size() == size || (!batch.isEmpty() && batch.get(0).length != text.length)) {
                    batches.add(batch);
                    batch = new ArrayList<>();
                }
                batch.add(text);
            }
            batches.add(batch);
        }
        return batches;
    }

    private static double cosine(float[] one, float @Nullable [] other) {
        if (other == null) {
            throw new IllegalStateException("A text was not embedded alone");
        }
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            otherSquares += (double) other[i] * other[i];
        }
        return product / Math.sqrt(squares * otherSquares);
    }

    private static void print(
            Map<String, List<long[]>> inputs,
            List<Integer> sizes,
            Figures figures,
            int texts,
            int rounds,
            int warmUp,
            PrintStream out) {
        Table table = new Table(
                "Texts in one run of the model",
                String.format(
                        Locale.ROOT,
                        "all-MiniLM-L6-v2, 8 bit, ONNX Runtime on one thread; %,d texts; rounds: %d after %d to warm up,"
                                + " median. Cosine: of each text's vector with its vector when it runs alone, the least.",
                        texts,
                        rounds,
                        warmUp),
                "",
                "texts a second",
                "against one by one",
                "least cosine");
        for (String input : inputs.keySet()) {
            double alone = figures.median(input);
            table.row(input + ", one by one", Table.number(alone), "1 x", "1");
            for (String way : List.of("padded", "by length")) {
                for (int size : sizes) {
                    String name = input + ", " + way + ", " + size;
                    table.row(
                            name + " at once",
                            Table.number(figures.median(name)),
                            Table.ratio(figures.median(name) / alone),
                            String.format(Locale.ROOT, "%.5f", figures.least(name + " cosine")));
                }
            }
        }
        table.print(out);
    }

    /** What a way gave: its speed, and vectors by the tokens of their text. */
    private static final class Outcome {
        private final double perSecond;
        private final Map<String, float[]> vectors;

        Outcome(double perSecond, Map<String, float[]> vectors) {
            this.perSecond = perSecond;
            this.vectors = vectors;
        }
    }

    /** The embedded Ollama's model, with any number of texts in a run. */
    private static final class Model implements AutoCloseable {
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final HuggingFaceTokenizer tokenizer;

        private Model(OrtSession session, HuggingFaceTokenizer tokenizer) {
            this.session = session;
            this.tokenizer = tokenizer;
        }

        static Model load() throws IOException, OrtException {
            try (InputStream model = resource(MODEL);
                    InputStream vocabulary = resource(VOCABULARY);
                    SessionOptions options = new SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
                return new Model(
                        OrtEnvironment.getEnvironment().createSession(model.readAllBytes(), options),
                        HuggingFaceTokenizer.newInstance(
                                vocabulary, Map.of("padding", "false", "truncation", "false")));
            }
        }

        private static InputStream resource(String name) throws IOException {
            InputStream in = ModelBatches.class.getResourceAsStream(name);
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return in;
        }

        /** Texts of so many words, the same ones every time. */
        List<long[]> tokens(int count, int fewest, int most) {
            SplittableRandom random = new SplittableRandom(1);
            List<long[]> texts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                StringBuilder text = new StringBuilder();
                for (int words = random.nextInt(fewest, most + 1); words > 0; words--) {
                    text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
                }
                texts.add(tokenizer.encode(text.toString()).getIds());
            }
            return texts;
        }

        List<float[]> embed(List<long[]> texts) throws OrtException {
            int longest = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
            LongBuffer ids = LongBuffer.allocate(texts.size() * longest);
            LongBuffer mask = LongBuffer.allocate(texts.size() * longest);
            for (int i = 0; i < texts.size(); i++) {
                ids.position(i * longest).put(texts.get(i));
                long[] ones = new long[texts.get(i).length];
                Arrays.fill(ones, 1);
                mask.position(i * longest).put(ones);
            }
            long[] shape = {texts.size(), longest};
            try (OnnxTensor input = OnnxTensor.createTensor(environment, ids.rewind(), shape);
                    OnnxTensor attention = OnnxTensor.createTensor(environment, mask.rewind(), shape);
                    OnnxTensor types =
                            OnnxTensor.createTensor(environment, LongBuffer.allocate(texts.size() * longest), shape);
                    OrtSession.Result result = session.run(
                            Map.of("input_ids", input, "attention_mask", attention, "token_type_ids", types))) {
                FloatBuffer perToken = ((OnnxTensor) result.get(0)).getFloatBuffer();
                List<float[]> vectors = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    vectors.add(mean(perToken, i * longest, texts.get(i).length));
                }
                return vectors;
            }
        }

        private static float[] mean(FloatBuffer perToken, int first, int tokens) {
            float[] mean = new float[DIMENSIONS];
            for (int token = first; token < first + tokens; token++) {
                for (int i = 0; i < DIMENSIONS; i++) {
                    mean[i] += perToken.get(token * DIMENSIONS + i) / tokens;
                }
            }
            return mean;
        }

        @Override
        public void close() throws OrtException {
            tokenizer.close();
            session.close();
        }
    }
}
