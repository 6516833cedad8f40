package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.TestStorage;
import io.stampede.storage.model.StorageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class StorageServerTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String KEY = "only-the-tests-know-this";
    private static final String POST = "/api/conversations";
    private static final String JSON_TYPE = "Content-Type: application/json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<StorageServer> started = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private TestStorage storage;

    @BeforeEach
    void open() throws Exception {
        storage = TestStorage.open();
    }

    @AfterEach
    void close() {
        started.forEach(StorageServer::close);
        storage.close();
    }

    @Test
    void givesBackWhatItTook() throws Exception {
        URI server = start(config());
        String body =
                "{\"userId\":\"ann\",\"channel\":\"matrix\",\"transcript\":\"Grüße \\ud83d\\ude42 \\\\ \\\"\\nend\","
                        + "\"summary\":\"greetings\",\"metadata\":{ \"turns\": 3, \"tags\": [\"ä\", null] }}";

        HttpResponse<String> taken = post(server, body, "Prefer", "wait");
        JsonNode read = JSON.readTree(get(server, location(taken)).body());

        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(taken.headers().firstValue("Preference-Applied")).hasValue("wait");
        assertThat(taken.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(taken.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(read.get("userId").asString()).isEqualTo("ann");
        assertThat(read.get("channel").asString()).isEqualTo("matrix");
        assertThat(read.get("transcript").asString()).isEqualTo("Grüße 🙂 \\ \"\nend");
        assertThat(read.get("summary").asString()).isEqualTo("greetings");
        assertThat(read.get("metadata")).isEqualTo(JSON.readTree("{\"turns\":3,\"tags\":[\"ä\",null]}"));
    }

    @Test
    void storesOnceWhatIsPostedTwiceUnderOneId() throws Exception {
        URI server = start(config());
        String body = conversation("ann", "twice").replace("{", "{\"id\":\"" + UUID.randomUUID() + "\",");

        HttpResponse<String> first = post(server, body, "Prefer", "wait");
        HttpResponse<String> second = post(server, body, "Prefer", "wait");

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(location(second)).isEqualTo(location(first));
        assertThat(JSON.readTree(get(server, "/api/users/ann/conversations").body())
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void takesTheLongestConversationThatThereIs() throws Exception {
        URI server = start(config());
        String body = "{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"" + "\\u4e2d".repeat(200_000)
                + "\",\"summary\":\"" + "\\u4e2d".repeat(20_000) + "\",\"metadata\":{\"a\":\"" + "中".repeat(65_000)
                + "\"}}";

        assertThat(post(server, body, "Prefer", "wait").statusCode()).isEqualTo(201);
    }

    @Test
    void waitsNoLongerThanWasAskedAndSaysSo() throws Exception {
        URI server = start(config());

        HttpResponse<String> taken = whileNothingCanBeStored(
                () -> post(server, conversation("ann", "late"), "Prefer", "respond-async, wait=1"));

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(taken.body()).get("note").asString()).contains("not stored within the 1000 ms");
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(get(server, location(taken)).statusCode()).isEqualTo(200));
    }

    @Test
    void letsAWaitOutlastTheIdleTimeout() throws Exception {
        URI server = start(config().idleTimeout(Duration.ofMillis(200)));

        HttpResponse<String> taken =
                whileNothingCanBeStored(() -> post(server, conversation("ann", "late"), "Prefer", "wait=2"));

        assertThat(taken.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"userId":"ann","channel":"web"}                                       | transcript | missing
            {"userId":7,"channel":"web","transcript":"t"}                          | userId     | a string, but was a number
            {"userId":null,"channel":"web","transcript":"t"}                       | userId     | a string, but was null
            {"userId":" ","channel":"web","transcript":"t"}                        | userId     | blank
            {"userId":"a","channel":"web","transcript":"t","mood":1}               | mood       | is not known
            {"userId":"a","userId":"b","channel":"web","transcript":"t"}           | userId     | twice
            {"userId":"a","channel":"web","transcript":"t","metadata":[]}          | metadata   | an object, but was an array
            {"userId":"a","channel":"web","transcript":"t","metadata":{"x":1,"x":2}} | metadata | twice
            {"userId":"a","channel":"web","transcript":"t","metadata":{"x":"\\u0000"}} | metadata | NUL
            {"userId":"a","channel":"web","transcript":"\\ud800"}                  | transcript | surrogate
            {"userId":"a","channel":"web","transcript":"t","id":"1-1-1-1-1"}       | id         | UUID
            {"userId":"a","channel":"web","transcript":"t"                         |            | ends too early
            {"userId":"a","channel":"web","transcript":"t"} x                      |            | not valid JSON
            {"userId":"a","channel":"web","transcript":"t"} {}                     |            | something after
            {'userId':"a"}                                                         |            | not valid JSON at line 1
            []                                                                     |            | one JSON object
            """)
    void namesTheFieldThatIsWrong(String body, String field, String why) throws Exception {
        HttpResponse<String> answer = post(start(config()), body);

        JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("field").asString(null)).isEqualTo(field);
        assertThat(problem.get("detail").asString()).contains(why).doesNotContain("StreamRead", "Exception");
    }

    @Test
    void refusesTextsThatAreTooLongOrTooDeep() throws Exception {
        URI server = start(config());
        String deep = "[".repeat(200) + "]".repeat(200);

        assertThat(post(server, conversation("ann", "a".repeat(200_001))).body())
                .contains("\"field\":\"transcript\"");
        assertThat(post(server, conversation("ann", "t").replace("}", ",\"metadata\":{\"a\":" + deep + "}}"))
                        .body())
                .contains("\"field\":\"metadata\"", "100 levels");
        assertThat(post(
                                server,
                                conversation("ann", "t")
                                        .replace("}", ",\"metadata\":{\"a\":" + "9".repeat(2000) + "}}"))
                        .body())
                .contains("\"field\":\"metadata\"", "too long")
                .doesNotContain("StreamRead");
    }

    @Test
    void takesUtf8AloneHoweverItIsSpelt() throws Exception {
        URI server = start(config());
        String body = conversation("ann", "t");

        for (String type : List.of(
                "application/json;charset=UTF-8", "Application/JSON; charset=\"utf-8\"", "application/json ;")) {
            assertThat(RawHttp.exchange(server, "POST", POST, body, "Content-Type: " + type)
                            .status())
                    .as(type)
                    .isEqualTo(202);
        }
        for (String type : List.of(
                "text/plain", "application/json; charset=latin1", "application/json" + " ".repeat(7000) + "x")) {
            assertThat(RawHttp.exchange(server, "POST", POST, body, "Content-Type: " + type)
                            .status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(RawHttp.exchange(server, "POST", POST, body, JSON_TYPE, "Content-Encoding: gzip")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void turnsPages() throws Exception {
        URI server = start(config());
        String user = "a/b%c d+ü";
        for (int i = 0; i < 3; i++) {
            post(server, conversation(user, "Number " + i), "Prefer", "wait");
        }

        HttpResponse<String> first = get(server, "/api/users/a%2Fb%25c%20d+%C3%BC/conversations?size=2");
        String next = JSON.readTree(first.body()).get("next").asString();
        HttpResponse<String> second = get(server, next);

        assertThat(first.headers().firstValue("Link")).hasValue("<" + next + ">; rel=\"next\"");
        assertThat(JSON.readTree(first.body())
                        .get("items")
                        .get(0)
                        .get("transcript")
                        .asString())
                .isEqualTo("Number 2");
        assertThat(JSON.readTree(second.body()).get("items")).hasSize(1);
        assertThat(JSON.readTree(second.body()).has("next")).isFalse();
    }

    @Test
    void findsTheNearest() throws Exception {
        URI server = start(config());
        post(server, conversation("ann", "apples"), "Prefer", "wait");
        post(server, conversation("ann", "pears"), "Prefer", "wait");
        assertThat(storage.storage().awaitIdle(LONG)).isTrue();

        JsonNode items = JSON.readTree(get(server, "/api/conversations/similar?userId=ann&q=pears&limit=1")
                        .body())
                .get("items");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).get("conversation").get("transcript").asString())
                .isEqualTo("pears");
        assertThat(items.get(0).get("similarity").asDouble()).isGreaterThan(0.99);
    }

    @Test
    void asksForTheKeyEverywhereButForHealth() throws Exception {
        URI server = start(config().apiKey(KEY));

        for (String path : List.of(POST, "/api/stats", "/metrics", "/openapi.json", "/nowhere")) {
            assertThat(get(server, path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(server, path, "Authorization", "Bearer " + KEY + "x").statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(get(server, "/api/stats").headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer");
        assertThat(get(server, "/api/stats", "Authorization", "bearer " + KEY).statusCode())
                .isEqualTo(200);
        assertThat(get(server, "/api/stats", "X-API-Key", KEY).statusCode()).isEqualTo(200);
        assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(RawHttp.exchange(server, "GET", "/health/live", "", "Host: service.example")
                        .status())
                .as("who has a key may be known by any name")
                .isEqualTo(200);
    }

    @Test
    void saysWhichMethodIsPossible() throws Exception {
        URI server = start(config());

        RawHttp.Answer wrong = RawHttp.exchange(server, "DELETE", "/api/stats", "");
        RawHttp.Answer head = RawHttp.exchange(server, "HEAD", "/api/stats", "");

        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(RawHttp.exchange(server, "GET", POST, "").header("Allow")).isEqualTo("POST");
        assertThat(RawHttp.exchange(server, "GET", "/a?" + "b".repeat(6200), "").status())
                .isEqualTo(414);
    }

    @Test
    void tellsNothingOfItselfWhereItFails() throws Exception {
        URI server = start(config());
        execute("drop table conversation cascade");

        HttpResponse<String> answer = get(server, "/api/users/ann/conversations");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .matches("(?s).*The log has it under [0-9a-f-]{36}\\..*")
                .doesNotContain("conversation", "SQL", "Exception");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void isReadyWhileOllamaIsAwayAndSaysWhatIsDegraded() throws Exception {
        URI server = start(config());
        assertThat(get(server, "/health/ready").body()).contains("\"status\":\"up\"");
        storage.ollama().close();

        await().atMost(LONG).untilAsserted(() -> {
            post(server, conversation("ann", "not embedded " + UUID.randomUUID()));
            HttpResponse<String> ready = get(server, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"degraded\":[\"embedding\"]");
        });
    }

    @Test
    void endsRequestsThatTakeForever() throws Exception {
        URI server = start(config().requestTimeout(Duration.ofMillis(500)).idleTimeout(LONG));
        try (RawHttp line = new RawHttp(server)) {
            line.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
            boolean[] ended = {false};

            // A byte now and then, so that the connection is never silent.
            await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> {
                try {
                    line.send("A");
                } catch (IOException e) {
                    ended[0] = true;
                }
                return ended[0];
            });
        }
        assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void servesMoreConnectionsThanItHasThreadsAndLetsTheRestWait() throws Exception {
        URI server = start(config().maxConnections(50));
        List<RawHttp> lines = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                RawHttp line = new RawHttp(server);
                lines.add(line);
                line.send(RawHttp.request("GET", "/health/live", ""));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(lines.get(i).answer(false).status()).isEqualTo(200);
            }
            for (int i = 0; i < 50; i++) {
                lines.get(i).close();
            }
            for (int i = 50; i < 60; i++) {
                assertThat(lines.get(i).answer(false).status()).isEqualTo(200);
            }
        } finally {
            for (RawHttp line : lines) {
                line.close();
            }
        }
    }

    @Test
    void countsRequestsByRouteMethodAndStatusAndNothingThatCallersMakeUp() throws Exception {
        URI server = start(config());
        post(server, conversation("ann", "t"));
        for (int i = 0; i < 20; i++) {
            RawHttp.exchange(server, "MADEUP" + i, "/api/users/u" + i + "/conversations", "");
            RawHttp.exchange(server, "GET", "/nowhere/" + i, "");
        }

        List<String> counts = get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("stampede_http_requests_seconds_count"))
                .toList();

        assertThat(counts)
                .containsExactlyInAnyOrder(
                        "stampede_http_requests_seconds_count{method=\"POST\",route=\"/api/conversations\",status=\"202\"} 1",
                        "stampede_http_requests_seconds_count{method=\"OTHER\",route=\"/api/users/{userId}/conversations\",status=\"405\"} 20",
                        "stampede_http_requests_seconds_count{method=\"GET\",route=\"unknown\",status=\"404\"} 20");
        assertThat(get(server, "/metrics").body())
                .contains("stampede_http_requests_seconds_bucket", "jvm_memory_used_bytes", "stampede_storage");
    }

    @Test
    void letsAnswersInProgressGoOutAndEndsItsThreads() throws Exception {
        StorageServer server = StorageServer.start(config().build(), storage.storage());
        URI uri = server.uri();
        CompletableFuture<HttpResponse<String>> waiting;
        CompletableFuture<Void> closing;
        try (Connection connection = lock()) {
            HttpRequest request = request(uri, POST, "Prefer", "wait", "Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(conversation("ann", "in progress")))
                    .build();
            waiting = client.sendAsync(request, BodyHandlers.ofString());
            await().atMost(LONG).until(() -> storage.storage().stats().accepted() == 1);
            RawHttp open = new RawHttp(uri);
            server.stopTaking();
            open.send(RawHttp.request("POST", POST, conversation("ann", "too late"), JSON_TYPE));
            RawHttp.Answer refused = open.answer(false);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(refused.header("Retry-After")).isNotNull();
            assertThat(open.isAtEnd()).isTrue();
            open.close();
            assertThat(get(uri, "/health/live").statusCode()).isEqualTo(200);
            closing = CompletableFuture.runAsync(server::close);
            connection.rollback();
        }

        assertThat(waiting.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
        closing.get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> new RawHttp(uri)).isInstanceOf(IOException.class);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("stampede-http")));
        server.close();
    }

    @Test
    void saysWhatToDoWhereItsPortIsTaken() {
        URI taken = start(config());

        assertThatThrownBy(() -> start(config().port(taken.getPort())))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("127.0.0.1:" + taken.getPort())
                .hasMessageContaining("choose another port");
    }

    private interface Question<T> {
        T ask() throws Exception;
    }

    private <T> T whileNothingCanBeStored(Question<T> question) throws Exception {
        try (Connection connection = lock()) {
            T answer = question.ask();
            connection.rollback();
            return answer;
        }
    }

    /** Until the connection is rolled back, nothing is written. */
    private Connection lock() throws SQLException {
        Connection connection = storage.storage().dataSource().getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table conversation in exclusive mode");
        return connection;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = storage.storage().dataSource().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private URI start(ServerConfig.Builder config) {
        StorageServer server = StorageServer.start(config.build(), storage.storage());
        started.add(server);
        return server.uri();
    }

    private static ServerConfig.Builder config() {
        return ServerConfig.builder().port(0);
    }

    private static String conversation(String user, String transcript) {
        return "{\"userId\":\"" + user + "\",\"channel\":\"web\",\"transcript\":\"" + transcript + "\"}";
    }

    private HttpResponse<String> post(URI server, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(server, POST, headers).header("Content-Type", "application/json");
        return client.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI server, String path, String... headers) throws Exception {
        return client.send(request(server, path, headers).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI server, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(LONG);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
