package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.ConversationStorage;
import io.stampede.storage.TestStorage;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Provokes every answer that the OpenAPI document promises, and holds each against it. */
@Timeout(180)
class OpenApiTests {

    private static final String KEY = "a-key-of-the-tests-alone";
    private static final String POST = "/api/conversations";
    private static final String ONE = "/api/conversations/{id}";
    private static final String OF_USER = "/api/users/{userId}/conversations";
    private static final String SIMILAR = "/api/conversations/similar";
    private static final String GOOD = "{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"Hello\"}";
    private static final String JSON = "Content-Type: application/json";

    private record Operation(String method, String path, String target, boolean open) {}

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("POST", POST, POST, false),
            new Operation("GET", ONE, POST + "/" + UUID.randomUUID(), false),
            new Operation("GET", OF_USER, "/api/users/ann/conversations", false),
            new Operation("GET", SIMILAR, SIMILAR + "?userId=ann&q=hello", false),
            new Operation("GET", "/api/stats", "/api/stats", false),
            new Operation("GET", "/metrics", "/metrics", false),
            new Operation("GET", "/health/live", "/health/live", true),
            new Operation("GET", "/health/ready", "/health/ready", true),
            new Operation("GET", "/openapi.json", "/openapi.json", false));

    private final OpenApi document;

    OpenApiTests() throws IOException {
        this.document = new OpenApi();
    }

    @Test
    void everyPromisedAnswerIsProvokedAndIsAsPromised() throws Exception {
        try (TestStorage storage = TestStorage.open();
                StorageServer server = StorageServer.start(config().build(), storage.storage());
                StorageServer locked = StorageServer.start(config().apiKey(KEY).build(), storage.storage())) {
            provokeSuccess(server.uri(), storage.storage());
            for (Operation operation : OPERATIONS) {
                provokeWhatAllHaveInCommon(operation, server.uri(), locked.uri());
            }
            provokeRefusedBodies(server.uri());
            server.stopTaking();
            ask(server.uri(), "GET", "/health/ready", "/health/ready", 503);
            ask(server.uri(), "POST", POST, POST, 503);
        }
        provokeAFullQueue();
        provokeThatPostgresIsAway();
        provokeFullReaders();

        assertThat(document.seen()).isEqualTo(document.promised());
    }

    @Test
    void saysOfBodiesWhatTheServiceSays() throws Exception {
        List<String> bodies = List.of(
                GOOD,
                "{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"Hello\",\"summary\":\"\",\"metadata\":{\"a\":[1]}}",
                "{\"userId\":\"ann\",\"channel\":\"web\"}",
                "{\"userId\":1,\"channel\":\"web\",\"transcript\":\"Hello\"}",
                "{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"Hello\",\"metadata\":[]}",
                "{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"Hello\",\"more\":1}",
                "{\"userId\":\"" + "a".repeat(257) + "\",\"channel\":\"web\",\"transcript\":\"Hello\"}",
                "[]");

        try (TestStorage storage = TestStorage.open();
                StorageServer server = StorageServer.start(config().build(), storage.storage())) {
            for (String body : bodies) {
                RawHttp.Answer answer = RawHttp.exchange(server.uri(), "POST", POST, body, JSON);

                assertThat(answer.status() == 202).as(body).isEqualTo(document.allowsBody(body));
            }
        }
    }

    private void provokeSuccess(URI server, ConversationStorage storage) throws Exception {
        ask(server, "POST", POST, POST, 202);
        RawHttp.Answer stored =
                check("POST", POST, RawHttp.exchange(server, "POST", POST, GOOD, JSON, "Prefer: wait"), 201);
        assertThat(storage.awaitIdle(Duration.ofSeconds(60))).isTrue();
        ask(server, "GET", ONE, String.valueOf(stored.header("Location")), 200);
        ask(server, "GET", ONE, POST + "/" + UUID.randomUUID(), 404);
        ask(server, "GET", OF_USER, "/api/users/ann/conversations?size=1", 200);
        ask(server, "GET", SIMILAR, SIMILAR + "?userId=ann&q=hello", 200);
        for (String path : List.of("/api/stats", "/metrics", "/health/live", "/health/ready", "/openapi.json")) {
            ask(server, "GET", path, path, 200);
        }
    }

    private void provokeWhatAllHaveInCommon(Operation operation, URI server, URI locked) throws Exception {
        String separator = operation.target().contains("?") ? "&" : "?";
        if (operation.method().equals("GET")) {
            ask(server, "GET", operation.path(), operation.target() + separator + "what=ever", 400);
        }
        check(
                operation.method(),
                operation.path(),
                RawHttp.exchange(server, operation.method(), operation.target(), "", "Host: attacker.example"),
                421);
        check(
                operation.method(),
                operation.path(),
                RawHttp.exchange(server, operation.method(), operation.target(), "", "X-Long: " + "a".repeat(9000)),
                431);
        if (!operation.open()) {
            ask(locked, operation.method(), operation.path(), operation.target(), 401);
        }
    }

    private void provokeRefusedBodies(URI server) throws Exception {
        check("POST", POST, RawHttp.exchange(server, "POST", POST, "{", JSON), 400);
        check("POST", POST, RawHttp.exchange(server, "POST", POST, GOOD, "Content-Type: text/plain"), 415);
        try (RawHttp line = new RawHttp(server)) {
            line.send("POST /api/conversations HTTP/1.1\r\nHost: localhost\r\n" + JSON
                    + "\r\nContent-Length: 99999999\r\n\r\n");
            check("POST", POST, line.answer(false), 413);
        }
        try (RawHttp line = new RawHttp(server)) {
            line.send("POST /api/conversations HTTP/1.1\r\nHost: localhost\r\n" + JSON
                    + "\r\nContent-Length: 9\r\n\r\n{");
            check("POST", POST, line.answer(false), 408);
        }
    }

    private void provokeAFullQueue() throws Exception {
        try (TestStorage storage =
                        TestStorage.open(config -> config.queueCapacity(1).batchSize(10));
                StorageServer server = StorageServer.start(config().build(), storage.storage());
                Connection connection = storage.storage().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table conversation in access exclusive mode");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> ask(server.uri(), "POST", POST, POST, 429));
            connection.rollback();
        }
    }

    private void provokeThatPostgresIsAway() throws Exception {
        try (TestStorage storage = TestStorage.open(config -> config.connectTimeout(Duration.ofMillis(500)));
                StorageServer server = StorageServer.start(config().build(), storage.storage())) {
            Conversation conversation = Conversation.of("ann", Channel.WEB, "Hello");
            storage.storage().queue(conversation).stored().toCompletableFuture().get(60, TimeUnit.SECONDS);
            storage.ollama().close();
            ask(server.uri(), "GET", SIMILAR, SIMILAR + "?userId=ann&q=unheard", 503);
            storage.storage().close();

            ask(server.uri(), "GET", ONE, POST + "/" + UUID.randomUUID(), 503);
            ask(server.uri(), "GET", OF_USER, "/api/users/ann/conversations", 503);
            ask(server.uri(), "POST", POST, POST, 503);
            ask(server.uri(), "GET", "/health/ready", "/health/ready", 503);
        }
    }

    private void provokeFullReaders() throws Exception {
        ServerConfig narrow = config().readThreads(1).readQueue(1).build();
        try (TestStorage storage = TestStorage.open();
                StorageServer server = StorageServer.start(narrow, storage.storage());
                Connection connection = storage.storage().dataSource().getConnection();
                RawHttp first = new RawHttp(server.uri());
                RawHttp second = new RawHttp(server.uri())) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table conversation in access exclusive mode");
            for (RawHttp line : List.of(first, second)) {
                line.send(RawHttp.request("GET", "/api/users/ann/conversations", ""));
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> ask(server.uri(), "GET", "/metrics", "/metrics", 503));
            RawHttp.Answer taken = RawHttp.exchange(server.uri(), "POST", POST, GOOD, JSON);
            connection.rollback();

            assertThat(taken.status()).as("posting is not held up by reading").isEqualTo(202);
            assertThat(first.answer(false).status()).isEqualTo(200);
            assertThat(second.answer(false).status()).isEqualTo(200);
        }
    }

    private static ServerConfig.Builder config() {
        return ServerConfig.builder().port(0).requestTimeout(Duration.ofSeconds(2));
    }

    private void ask(URI server, String method, String path, String target, int status) throws IOException {
        RawHttp.Answer answer = method.equals("POST")
                ? RawHttp.exchange(server, method, target, GOOD, JSON)
                : RawHttp.exchange(server, method, target, "");
        check(method, path, answer, status);
    }

    private RawHttp.Answer check(String method, String path, RawHttp.Answer answer, int status) {
        assertThat(answer.status()).as("%s %s: %s", method, path, answer).isEqualTo(status);
        document.check(method, path, answer);
        return answer;
    }
}
