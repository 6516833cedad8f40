package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stampede.metric.Band;
import io.stampede.report.testing.Samples;
import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LiveServerTests {

    private static final String NASTY = "</script><script>alert(1)</script>\u202e\u0000\ud800";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private LivePage page;

    private int port;

    @BeforeEach
    void open() throws IOException {
        page = LivePage.open(0);
        port = page.address().getPort();
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void servesThePageAndItsPartsWithHeadersThatKeepItToItself() throws IOException {
        for (String path : List.of("/", "/live.js", "/live.css", "/uplot.js", "/uplot.css", "/uplot-license")) {
            String answer = get(path);

            assertThat(answer).as(path).startsWith("HTTP/1.1 200");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .contains("x-content-type-options: nosniff")
                    .contains("x-frame-options: deny")
                    .contains("cross-origin-resource-policy: same-origin")
                    .contains("referrer-policy: no-referrer")
                    .contains("cache-control: no-store")
                    .contains("content-security-policy: default-src 'none'")
                    .contains("script-src 'self';")
                    .doesNotContain("access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:%d", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:%d.evil.example", ""})
    void refusesWhoeverAskedForAnotherHost(String host) throws IOException {
        String answer = send("GET / HTTP/1.1\r\nHost: " + host.formatted(port) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("<html");
    }

    @Test
    void refusesNoHostAndTwo() throws IOException {
        assertThat(send("GET / HTTP/1.0\r\n\r\n")).contains(" 421 ");
        assertThat(send("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nHost: localhost:" + port
                        + "\r\nConnection: close\r\n\r\n"))
                .contains(" 421 ");
        assertThat(send("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n"))
                .contains(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"})
    void takesNothingButGet(String method) throws IOException {
        String answer = send(method + " /data HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/live.html",
                "/../live.js",
                "/./live.js",
                "/%2e%2e/etc/passwd",
                "/report/../../etc/passwd",
                "/report/1/../2",
                "/report/999999",
                "/report/9999999999999",
                "/report/",
                "/live.js/",
                "/META-INF/MANIFEST.MF"
            })
    void knowsNoOtherPath(String path) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/data", "/data?since=x&page=1", "/data?since=1", "/data?since=-1&page=1", "/bye", "/bye?page=<"
            })
    void saysWhatIsWrongWithAQuery(String path) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 400");
    }

    @Test
    void listensOnLoopbackAlone() throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close())
                            .as(address.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void textFromARunIsDataAndTheReportIsServedAsItIs() throws IOException {
        LiveRun run = page.begin(scenario(NASTY + "x".repeat(10_000)), Map.of(NASTY, NASTY));
        run.progress(snapshot(1, 10, Map.of(NASTY, 3.0)));

        String data = get("/data?since=0&page=1");

        assertThat(data).contains("application/json").contains("\\u0000").hasSizeLessThan(5_000);
        assertThat(get("/report/1")).startsWith("HTTP/1.1 404");
        run.reported(Files.writeString(work.resolve("summary.html"), "<p>the report</p>"));
        assertThat(get("/report/1"))
                .startsWith("HTTP/1.1 200")
                .contains("<p>the report</p>")
                .doesNotContain("script-src");
        Files.delete(work.resolve("summary.html"));
        assertThat(get("/report/1")).startsWith("HTTP/1.1 404");
    }

    @Test
    void tellsAPageThatWaitsAsSoonAsThereIsSomething() throws Exception {
        LiveRun run = page.begin(scenario("shop"), Map.of());
        run.progress(snapshot(0.5, 5, Map.of()));
        assertThat(get("/data?since=0&page=1")).contains("\"version\":2", "[\"load\",0.5,");

        CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> unchecked("/data?since=2&page=1"));
        run.progress(snapshot(1, 15, Map.of()));

        assertThat(next.get(30, TimeUnit.SECONDS))
                .contains("\"version\":3", "[\"load\",1.0,0.5,10.0,10,0,")
                .doesNotContain("[\"load\",0.5,");
    }

    @Test
    void answersAPageOfAnotherJvmAtOnceAndInFull() throws Exception {
        LiveRun run = page.begin(scenario("shop"), Map.of());
        run.progress(snapshot(0.5, 5, Map.of()));
        run.progress(snapshot(1, 15, Map.of()));

        LiveBoard other = new LiveBoard();
        other.begin(scenario("shop"), Map.of());
        LiveBoard.View full = other.await(500, Duration.ofHours(1));

        assertThat(get("/data?since=500&page=1"))
                .contains("\"version\":3", "[\"load\",0.5,", "[\"load\",1.0,")
                .doesNotContain(full.board());
        assertThat(full.runs()).hasSize(1);
    }

    @Test
    void keepsABoundedNumberOfPointsWithoutLosingAnOperation() throws IOException {
        LiveRun run = page.begin(scenario("long"), Map.of());
        for (int half = 1; half <= 5_000; half++) {
            run.progress(snapshot(half / 2.0, half * 3L, Map.of("queue", (double) half)));
        }

        run.finished(Samples.basic().result(), Samples.basic().verdict());
        String data = get("/data?since=0&page=1");

        data = data.substring(0, data.indexOf("\"newest\":"));
        List<String> parts = List.of(data.split("\\[\"load\",", -1));
        List<String> points = parts.subList(1, parts.size());
        assertThat(points).hasSizeBetween(LiveSeries.MAX_POINTS / 2 - 1, LiveSeries.MAX_POINTS);
        assertThat(points.stream()
                        .mapToLong(point -> Long.parseLong(point.split(",", -1)[3]))
                        .sum())
                .isEqualTo(15_000L);
        assertThat(data.length()).isLessThan(100_000);
    }

    @Test
    void forgetsOldRuns() throws IOException {
        for (int i = 0; i < LiveBoard.MAX_RUNS + 7; i++) {
            page.begin(scenario("run"), Map.of()).progress(snapshot(1, 10, Map.of()));
        }

        String data = get("/data?since=0&page=1");

        assertThat(data).contains("\"oldest\":8,");
        assertThat(data.split("\"id\":", -1)).hasSize(LiveBoard.MAX_RUNS + 1);
        assertThat(data.split("\"points\":\\[\\[", -1)).hasSize(LiveBoard.MAX_RUNS_WITH_POINTS + 1);
    }

    @Test
    void servesMorePagesThanThereAreThreadsToWait() throws Exception {
        page.begin(scenario("shop"), Map.of());
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String path = "/data?since=1&page=" + i;
            CompletableFuture<String> answer = new CompletableFuture<>();
            new Thread(() -> answer.complete(unchecked(path))).start();
            answers.add(answer);
        }

        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void waitsForAPageThatIsOpenUntilItKnowsTheEndAndForNoOther() throws Exception {
        page.begin(scenario("shop"), Map.of());
        page.end(null, Duration.ofMinutes(5)); // nobody looks: at once
        get("/data?since=0&page=1f");

        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
            try {
                page.end(Path.of("index.html"), Duration.ofMinutes(5));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        String last = get("/data?since=1&page=1f");
        assertThat(end).isNotDone();
        get("/bye?page=1f");

        end.get(30, TimeUnit.SECONDS);
        assertThat(last).contains("\"lost\":true");
    }

    @Test
    void leavesNoThreadAndNoPort() throws IOException {
        get("/");
        assertThat(threads()).isNotEmpty();

        page.close();

        await().untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void refusesAPortThatIsTaken() {
        assertThatThrownBy(() -> LivePage.open(port)).isInstanceOf(BindException.class);
    }

    @Test
    void allItsThreadsAreDaemons() throws IOException {
        get("/");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("stampede-live")
                        || thread.getName().startsWith("HTTP-Dispatcher"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void itsThreadsInheritNothingFromTheThreadThatOpensIt() throws Exception {
        AtomicInteger inherited = new AtomicInteger();
        ThreadLocal<Integer> heirloom = new InheritableThreadLocal<>() {
            @Override
            protected Integer childValue(Integer value) {
                inherited.incrementAndGet();
                return value;
            }
        };
        Thread me = Thread.currentThread();
        ClassLoader before = me.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[0], before)) {
            heirloom.set(1);
            me.setContextClassLoader(loader);
            LivePage another = LivePage.open(0);
            try (another) {
                me.setContextClassLoader(before);

                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> thread.getContextClassLoader() == loader)
                        .isEmpty();
                assertThat(inherited).hasValue(0);
            }
        } finally {
            me.setContextClassLoader(before);
            heirloom.remove();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("stampede-live") || name.startsWith("HTTP-Dispatcher"))
                .toList();
    }

    private String unchecked(String path) {
        try {
            return get(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Snapshot snapshot(double seconds, long done, Map<String, Double> gauges) {
        return new Snapshot(
                Snapshot.Stage.LOAD,
                "",
                Duration.ofMillis(Math.round(seconds * 1000)),
                Duration.ofHours(1),
                1_000_000,
                done,
                new Snapshot.Progress(done, 0, 1e6),
                new Outcomes(5, 0, Distribution.of(new long[] {1_000_000}, new long[] {5}), Distribution.EMPTY),
                LiveRunTests.readings(gauges));
    }

    private static Scenario scenario(String name) {
        return new Scenario(
                name,
                new Kind.Custom(),
                List.of(new Phase("burst", Workload.burst(5))),
                new Targets(List.of(), "none"),
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                42);
    }
}
