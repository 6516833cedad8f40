package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.PerformanceTargets;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class PricesLoadTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Autowired
    Prices prices;

    @Value("${local.server.port}")
    int port;

    @BasicLoadTest(concurrent = 50)
    @PerformanceTargets("prices.md")
    void price(Iteration it) {
        it.completesWith(ask("teapot"));
    }

    private CompletionStage<Void> ask(String article) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/prices/" + article);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .thenAccept(answer -> assertThat(answer.body()).isEqualTo(article + ": 12 EUR"));
    }

    /** The bean that the test was given is the one that served the load. */
    @AfterEach
    void eachOperationAsked(LoadResult result) {
        assertThat(result.succeeded()).isEqualTo(50);
        assertThat(prices.asked()).isEqualTo(50);
    }
}
