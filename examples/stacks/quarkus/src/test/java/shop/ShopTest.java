package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stampede.junit.ArrivalRateTest;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.IfLoadTest;
import io.stampede.junit.PerformanceTarget;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load runs on the instance that Quarkus made, with what it injected, and each operation sells one teapot. */
@QuarkusTest
@PerformanceTarget(metric = "response time p95", target = "< 5 s")
@PerformanceTarget(metric = "response time p99", target = "< 5 s")
@PerformanceTarget(metric = "throughput", target = "> 1 ops/s")
class ShopTest {
    @Inject
    Shop shop;

    @TestHTTPResource("/teapot")
    URI teapot;

    private final HttpClient client = HttpClient.newHttpClient();
    private long soldBefore;

    @BeforeEach
    void count() {
        soldBefore = shop.sold();
    }

    @BasicLoadTest(concurrent = 50)
    void sells() {
        assertTrue(shop.sell() > 0);
    }

    @ArrivalRateTest(rate = "50/s", duration = "2s")
    void sellsOverHttp(Iteration it) {
        it.completesWith(client.sendAsync(HttpRequest.newBuilder(teapot).build(), BodyHandlers.ofString())
                .thenAccept(ShopTest::isOk));
    }

    private static void isOk(HttpResponse<String> response) {
        assertEquals(200, response.statusCode());
    }

    @Test
    void sellsOne() {
        assertEquals(soldBefore + 1, shop.sell());
    }

    @AfterEach
    void eachOperationSoldOne(@IfLoadTest Optional<LoadResult> result) {
        result.ifPresent(load -> assertEquals(load.succeeded(), shop.sold() - soldBefore));
    }
}
