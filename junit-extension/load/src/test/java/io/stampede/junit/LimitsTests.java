package io.stampede.junit;

import static io.stampede.metric.Unit.PERCENT;
import static io.stampede.metric.Unit.SHARE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.stampede.operation.Iteration;
import io.stampede.verdict.FinishedRun;
import io.stampede.verdict.Subject;
import io.stampede.verdict.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The limits that scenarios bring are the user's to set: they fit one target and not another. */
@Timeout(120)
class LimitsTests {

    private static final AtomicReference<@Nullable FinishedRun> RUN = new AtomicReference<>();

    private static FinishedRun passes(Class<?> fixture) {
        RUN.set(null);
        EngineExecutionResults results = Fixtures.run(fixture);
        results.testEvents()
                .assertStatistics(stats -> stats.succeeded(1).failed(0).aborted(0));
        return requireNonNull(RUN.get());
    }

    @Test
    void aServiceWithAMeanOf80MillisecondsCanBeStressTested() {
        FinishedRun run = passes(SlowServiceTestCase.class);

        assertThat(requireNonNull(run.result().breakingPoint()).reason()).isEqualTo("not reached up to 8");
        assertThat(run.result().responseTime().mean()).isGreaterThan(java.time.Duration.ofMillis(80));
    }

    @Test
    void aRowOfTheUsersOwnReplacesALimitThatAScenarioBrings() {
        assertThat(requireNonNull(passes(OwnRowTestCase.class).result().breakingPoint())
                        .reason())
                .isEqualTo("not reached up to 8");
    }

    @Test
    void theUsualLimitsBreakTheSameService() {
        RUN.set(null);

        Fixtures.run(UsualTestCase.class);

        assertThat(requireNonNull(requireNonNull(RUN.get()).result().breakingPoint())
                        .reason())
                .startsWith("mean response time ")
                .endsWith(", limit 50 ms");
    }

    @Test
    void aSpikeOnAnHttpServerOf40MillisecondsCanPass() {
        Verdict verdict = passes(HttpSpikeTestCase.class).verdict();

        assertThat(verdict.row(Subject.Rule.ALL_DONE))
                .hasValueSatisfying(row -> assertThat(row.target()).isEqualTo("< 60 s"));
        assertThat(verdict.rows()).extracting(Verdict.Row::label).contains("Mean response time");
    }

    @Test
    void gaugesAreJudgedInTheirUnits() {
        Verdict verdict = passes(UnitsTestCase.class).verdict();

        assertThat(verdict.rows())
                .filteredOn(row -> row.label().contains("use") || row.label().contains("fill"))
                .extracting(row -> row.label() + " " + row.actual() + " " + row.target())
                .containsExactly("pool use 25 % < 80 %", "fill min 40 % > 30 %");
    }

    static class Remembering {
        @AfterEach
        void remember(FinishedRun run) {
            RUN.set(run);
        }
    }

    @PerformanceTargets("generous-targets.md")
    static class SlowServiceTestCase extends Remembering {
        @StressTest(
                from = 4,
                to = 8,
                step = 4,
                settle = "1ms",
                resolution = 1,
                breaksWhen = {"mean response time > 30 s", "success rate < 50 %"})
        void slow() throws InterruptedException {
            Thread.sleep(80);
        }
    }

    @PerformanceTargets("generous-targets.md")
    @PerformanceTarget(metric = "Response time mean", target = "< 20 s", acceptable = "< 30 s")
    static class OwnRowTestCase extends Remembering {
        @StressTest(from = 4, to = 8, step = 4, settle = "1ms", resolution = 1)
        void slow() throws InterruptedException {
            Thread.sleep(80);
        }
    }

    @PerformanceTargets("generous-targets.md")
    static class UsualTestCase extends Remembering {
        @StressTest(from = 4, to = 8, step = 4, settle = "1ms", resolution = 1)
        void slow() throws InterruptedException {
            Thread.sleep(80);
        }
    }

    @PerformanceTargets("generous-targets.md")
    static class UnitsTestCase extends Remembering {
        @Gauge(value = "pool use", unit = SHARE)
        double poolUse() {
            return 0.25;
        }

        @Gauge(value = "fill", unit = PERCENT)
        int fill() {
            return 40;
        }

        @BasicLoadTest(concurrent = 2)
        @PerformanceTarget(metric = "pool use", target = "< 80 %")
        @PerformanceTarget(metric = "fill min", target = "> 30 %")
        void quick() {}
    }

    @PerformanceTargets("generous-targets.md")
    static class HttpSpikeTestCase extends Remembering {

        private static @Nullable HttpServer server;
        private static @Nullable ExecutorService threads;
        private final HttpClient client = HttpClient.newHttpClient();

        @BeforeAll
        static void serve() throws IOException {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            ExecutorService pool = Executors.newFixedThreadPool(20);
            made.setExecutor(pool);
            made.createContext("/", exchange -> {
                try (exchange) {
                    Thread.sleep(40);
                    exchange.sendResponseHeaders(200, -1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            made.start();
            server = made;
            threads = pool;
        }

        @AfterAll
        static void stop() {
            requireNonNull(server).stop(0);
            requireNonNull(threads).shutdownNow();
        }

        @SpikeTest(concurrent = 20, allDone = "60s", meanResponseTime = "30s")
        void get(Iteration it) {
            int port = requireNonNull(server).getAddress().getPort();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            it.completesWith(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
        }
    }
}
