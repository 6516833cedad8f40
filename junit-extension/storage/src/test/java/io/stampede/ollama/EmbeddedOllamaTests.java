package io.stampede.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stampede.ollama.OllamaClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EmbeddedOllamaTests {
    private static EmbeddedOllama ollama;
    private static OllamaClient client;

    @BeforeAll
    static void start() {
        ollama = EmbeddedOllama.start(
                OllamaOptions.builder().maxInputs(100).maxBodyBytes(100_000).build());
        client = new OllamaClient(ollama.uri());
    }

    @AfterAll
    static void stop() {
        ollama.close();
    }

    @Test
    void paraphrasesAreNearAndStrangersFar() {
        float[][] vectors = client.embed(
                "How do I reset my password?",
                "I forgot my login credentials, how can I change them?",
                "The recipe needs two eggs and a cup of flour.");

        assertThat(cosine(vectors[0], vectors[1])).isGreaterThan(0.5);
        assertThat(cosine(vectors[0], vectors[2])).isLessThan(0.2);
    }

    @Test
    void vectorsAreTheModelsOwn() {
        float[] vector = client.embed("why is the sky blue?")[0];

        // Computed once from the same model file by ONNX Runtime alone. Other processors round otherwise.
        assertThat(vector).hasSize(384);
        assertThat(vector[0]).isCloseTo(0.0070f, within(0.01f));
        assertThat(vector[2]).isCloseTo(0.0580f, within(0.01f));
        assertThat(vector[3]).isCloseTo(0.0413f, within(0.01f));
        assertThat(vector[4]).isCloseTo(0.0514f, within(0.01f));
        assertThat(cosine(vector, vector)).isCloseTo(1.0, within(1e-5));
    }

    @Test
    void roundingNoiseIsZero() {
        for (float value : client.embed("How do I reset my password?")[0]) {
            assertThat(value == 0 || Math.abs(value) > 1e-20f).isTrue();
        }
    }

    @Test
    void companyDoesNotChangeAVector() {
        float[] alone = client.embed("hello world")[0];

        float[][] together = client.embed("a much longer text that would need padding", "hello world", "x");

        assertThat(together[1]).containsExactly(alone);
    }

    @Test
    void answersAsOllamaDoes() {
        Answer answer = client.post(
                "/api/embed",
                "{\"model\":\"all-minilm\",\"input\":[\"one\",\"two\"],\"truncate\":true,\"keep_alive\":\"5m\"}");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.propertyNames())
                .containsExactly("model", "embeddings", "total_duration", "load_duration", "prompt_eval_count");
        assertThat(json.get("model").stringValue()).isEqualTo("all-minilm");
        assertThat(json.get("embeddings").size()).isEqualTo(2);
        assertThat(json.get("total_duration").longValue()).isPositive();
        assertThat(json.get("prompt_eval_count").intValue()).isEqualTo(6);
    }

    @Test
    void keepsTheOrderOfTheTexts() {
        String[] texts =
                IntStream.range(0, 50).mapToObj(i -> "text number " + i).toArray(String[]::new);

        float[][] together = client.embed(texts);

        for (int i : new int[] {0, 17, 49}) {
            assertThat(together[i]).containsExactly(client.embed(texts[i])[0]);
        }
    }

    @Test
    void dimensionsCutTheVectorAndKeepItsLengthOne() {
        Answer answer = client.post("/api/embed", "{\"model\":\"all-minilm\",\"input\":\"one\",\"dimensions\":64}");

        JsonNode vector = answer.json().get("embeddings").get(0);
        double squares = 0;
        for (JsonNode value : vector) {
            squares += value.doubleValue() * value.doubleValue();
        }
        assertThat(vector.size()).isEqualTo(64);
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    @Test
    void longTextsAreCutOrRefused() {
        String words = "word ".repeat(1000);

        Answer cut = client.post("/api/embed", "{\"model\":\"all-minilm\",\"input\":\"" + words + "\"}");
        Answer refused =
                client.post("/api/embed", "{\"model\":\"all-minilm\",\"truncate\":false,\"input\":\"" + words + "\"}");

        assertThat(cut.json().get("prompt_eval_count").intValue()).isEqualTo(256);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("the input length exceeds the context length");
    }

    @Test
    void noInputIsNoVectors() {
        assertThat(client.post("/api/embed", "{\"model\":\"all-minilm\"}")
                        .json()
                        .get("embeddings"))
                .isEmpty();
        assertThat(client.post("/api/embed", "{\"model\":\"all-minilm\",\"input\":[]}")
                        .json()
                        .get("embeddings"))
                .isEmpty();
    }

    @Test
    void olderCallGivesOneVectorNotNormalised() {
        Answer answer = client.post("/api/embeddings", "{\"model\":\"all-minilm\",\"prompt\":\"one\"}");

        double squares = 0;
        for (JsonNode value : answer.json().get("embedding")) {
            squares += value.doubleValue() * value.doubleValue();
        }
        assertThat(answer.json().get("embedding").size()).isEqualTo(384);
        assertThat(squares).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all-minilm",
                "all-minilm:latest",
                "all-minilm:l6-v2",
                "all-minilm:22m",
                "library/all-minilm",
                "sentence-transformers/all-MiniLM-L6-v2"
            })
    void knowsTheModelByItsNames(String model) {
        assertThat(client.post("/api/show", "{\"model\":\"" + model + "\"}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/embed | {\"model\":\"llama3\",\"input\":\"x\"} | 404 | model \"llama3\" not found, try pulling it first",
                "/api/embeddings | {\"model\":\"llama3\",\"prompt\":\"x\"} | 404 | model \"llama3\" not found, try pulling it first",
                "/api/show | {\"name\":\"llama3\"} | 404 | model \"llama3\" not found, try pulling it first",
                "/api/embed | {\"input\":\"x\"} | 400 | model is required",
                "/api/embed | {\"model\":\"all-minilm\",\"input\":7} | 400 | invalid input type",
                "/api/embed | {\"model\":\"all-minilm\",\"input\":[\"x\",7]} | 400 | invalid input type",
                "/api/embed | {\"model\":\"all-minilm\",\"input\":\"x\",\"truncate\":\"no\"} | 400 | truncate must be true or false",
                "/api/embed | [] | 400 | the request body must be a JSON object",
                "/api/embed | `` | 400 | missing request body",
                "/api/chat | {} | 404 | path /api/chat not found"
            })
    void refusesWithAReason(String path, String body, int status, String error) {
        Answer answer = client.post(path, body);

        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":", "{} {}", "nonsense", "{\"model\":\"all-minilm\",\"input\":\"\\q\"}"})
    void malformedJsonIsTheCallersFault(String body) {
        Answer answer = client.post("/api/embed", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith("malformed JSON: ");
    }

    @Test
    void wrongMethodIsSaid() {
        assertThat(client.get("/api/embed").status()).isEqualTo(405);
        assertThat(client.post("/api/tags", "{}").error()).isEqualTo("method POST not allowed, /api/tags takes GET");
    }

    @Test
    void takesNoMoreThanItsBounds() {
        String texts = "\"x\",".repeat(100) + "\"x\"";

        Answer many = client.post("/api/embed", "{\"model\":\"all-minilm\",\"input\":[" + texts + "]}");
        Answer big =
                client.post("/api/embed", "{\"model\":\"all-minilm\",\"input\":\"" + "word ".repeat(30_000) + "\"}");

        assertThat(many.status()).isEqualTo(400);
        assertThat(many.error()).isEqualTo("too many inputs: 101, at most 100 are taken");
        assertThat(big.status()).isEqualTo(413);
    }

    @Test
    void saysThatItRuns() {
        assertThat(client.get("/").body()).isEqualTo("Ollama is running");
        assertThat(client.send("HEAD", "/", "").status()).isEqualTo(200);
        assertThat(client.get("/api/version").json().get("version").stringValue())
                .isNotBlank();
    }

    @Test
    void listsTheModelItCarries() throws Exception {
        JsonNode model = client.get("/api/tags").json().get("models").get(0);

        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        long bytes;
        try (InputStream file = MiniLm.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx");
                DigestInputStream in = new DigestInputStream(file, sha256)) {
            bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        assertThat(model.get("name").stringValue()).isEqualTo("all-minilm:latest");
        assertThat(model.get("size").longValue()).isEqualTo(bytes);
        assertThat(model.get("digest").stringValue()).isEqualTo(HexFormat.of().formatHex(sha256.digest()));
    }

    @Test
    void pullOfItsModelSucceedsAndOfAnotherFails() {
        Answer here = client.post("/api/pull", "{\"model\":\"all-minilm\"}");
        Answer hereAtOnce = client.post("/api/pull", "{\"model\":\"all-minilm\",\"stream\":false}");
        Answer elsewhere = client.post("/api/pull", "{\"model\":\"llama3\"}");
        Answer elsewhereAtOnce = client.post("/api/pull", "{\"model\":\"llama3\",\"stream\":false}");

        assertThat(here.body().lines()).last().isEqualTo("{\"status\":\"success\"}");
        assertThat(hereAtOnce.body()).isEqualTo("{\"status\":\"success\"}");
        assertThat(elsewhere.body().lines()).last().asString().contains("\"error\":\"pull model manifest:");
        assertThat(elsewhereAtOnce.status()).isEqualTo(500);
    }

    @Test
    void manyCallersGetTheirOwnVectors() {
        List<String> texts =
                IntStream.range(0, 16).mapToObj(i -> "caller number " + i).toList();
        List<CompletableFuture<float[]>> answers = texts.stream()
                .map(text -> CompletableFuture.supplyAsync(() -> client.embed(text)[0]))
                .toList();

        for (int i = 0; i < texts.size(); i++) {
            assertThat(answers.get(i).join()).containsExactly(client.embed(texts.get(i))[0]);
        }
    }

    @Test
    void requestOutOfTimeIsAnswered() {
        try (EmbeddedOllama hasty = EmbeddedOllama.start(
                OllamaOptions.builder().requestTimeout(Duration.ofMillis(1)).build())) {
            Answer answer = new OllamaClient(hasty.uri())
                    .post("/api/embed", "{\"model\":\"all-minilm\",\"input\":[\"" + "word ".repeat(300) + "\"]}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error()).startsWith("server busy, please try again");
        }
    }

    @Test
    void callerWhoNeverFinishesLosesTheConnection() throws IOException {
        try (EmbeddedOllama hasty = EmbeddedOllama.start(OllamaOptions.builder()
                        .requestTimeout(Duration.ofMillis(50))
                        .build());
                Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), hasty.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("POST /api/embed HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void closeLeavesNoThreadAndNoListener() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        EmbeddedOllama other = EmbeddedOllama.start();
        int port = other.uri().getPort();
        new OllamaClient(other.uri()).embed("work for the threads");

        other.close();
        other.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains("ollama") || name.startsWith("HTTP-Dispatcher")));
    }

    @Test
    void takenPortIsSaidWithWhatToDo() {
        int port = ollama.uri().getPort();

        assertThatThrownBy(() ->
                        EmbeddedOllama.start(OllamaOptions.builder().port(port).build()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("0 takes a free one");
    }

    @Test
    void optionsRefuseNonsense() {
        OllamaOptions.Builder options = OllamaOptions.builder().threads(0);

        assertThatThrownBy(options::build).hasMessage("threads must be from 1 to 64, but was 0");
    }

    private static double cosine(float[] left, float[] right) {
        return IntStream.range(0, left.length)
                .mapToDouble(i -> (double) left[i] * right[i])
                .sum();
    }
}
