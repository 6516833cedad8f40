package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.TestStorage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends tens of thousands of bad requests and looks at what is left of the service. */
@Timeout(300)
class BadRequestsTests {

    private static final int ROUNDS = 21;
    private static final int CALLERS = 4;
    private static final int EACH = 250;
    private static final long MEGABYTE = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Integer, Integer> statuses = Collections.synchronizedMap(new TreeMap<>());

    @Test
    void leaveTheServiceAsItWas() throws Exception {
        ServerConfig config = ServerConfig.builder()
                .port(0)
                .maxBodyBytes(64 << 10)
                .requestTimeout(Duration.ofSeconds(5))
                .build();
        long heap = 0;
        try (TestStorage storage = TestStorage.open();
                StorageServer server = StorageServer.start(config, storage.storage())) {
            for (int round = 0; round < ROUNDS; round++) {
                sendBadOnes(server.uri(), round);
                assertThatGoodOnesAreServed(server.uri());
                if (round == 0) {
                    // From here on everything is loaded that ever will be.
                    heap = heapInUse();
                }
            }
            assertThat((heapInUse() - heap) / MEGABYTE)
                    .as("growth of the heap in MiB")
                    .isLessThan(32);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(figure(server.uri(), "stampede_http_connections"))
                            .as("connections, with the one that asks")
                            .isEqualTo(1));
            assertThat(figure(server.uri(), "stampede_http_requests_active")).isLessThanOrEqualTo(1);
        }
        assertThat(statuses.keySet()).as("kinds of answers: %s", statuses).contains(400, 404, 405, 413, 415, 421, 431);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("stampede-http")));
    }

    private void sendBadOnes(URI server, int round) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                long seed = 1000L * round + caller;
                tasks.add(() -> {
                    sendBadOnes(server, new BadRequests(seed));
                    return null;
                });
            }
            for (Future<Void> done : callers.invokeAll(tasks, 200, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private void sendBadOnes(URI server, BadRequests requests) throws IOException {
        for (int i = 0; i < EACH; i++) {
            byte[] request = requests.next();
            try (RawHttp line = new RawHttp(server)) {
                send(line, request, i % 16 == 0);
            } catch (IOException | RuntimeException | AssertionError e) {
                String shown =
                        Base64.getEncoder().encodeToString(Arrays.copyOf(request, Math.min(request.length, 3000)));
                throw new AssertionError("To this request, in Base64: " + shown, e);
            }
        }
    }

    /** The service may hang up on what it does not want to read, but what it says has to be right. */
    private void send(RawHttp line, byte[] request, boolean hangUp) throws IOException {
        try {
            line.send(request);
            if (hangUp) {
                return;
            }
            line.endOutput();
        } catch (SocketException e) {
            // Refused before all of it was sent; the answer may be there all the same.
        }
        try {
            while (!line.isAtEnd()) {
                check(line.answer(false));
            }
        } catch (SocketException e) {
            // The server ended the connection while we were still sending: what it had said may be gone.
        }
    }

    private void check(RawHttp.Answer answer) {
        statuses.merge(answer.status(), 1, Integer::sum);
        assertThat(answer.status()).as("%s", answer).isLessThan(500);
        assertThat(answer.header("Server")).isNull();
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type")).as("%s", answer).isEqualTo("application/problem+json");
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
            assertThat(problem.get("detail").asString().toLowerCase(Locale.ROOT))
                    .doesNotContain("exception", "jetty", "jackson", "java", "streamread", ".jar");
        }
    }

    private static void assertThatGoodOnesAreServed(URI server) throws IOException {
        RawHttp.Answer taken = RawHttp.exchange(
                server,
                "POST",
                "/api/conversations",
                "{\"userId\":\"ben\",\"channel\":\"web\",\"transcript\":\"still there\"}",
                "Content-Type: application/json",
                "Prefer: wait");
        assertThat(taken.status()).isEqualTo(201);
        RawHttp.Answer read = RawHttp.exchange(server, "GET", String.valueOf(taken.header("Location")), "");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).contains("still there");
    }

    private static double figure(URI server, String name) throws IOException {
        return RawHttp.exchange(server, "GET", "/metrics", "")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
