package io.stampede.examples.shop;

import static io.stampede.assertj.LoadAssertions.assertThat;
import static io.stampede.scenario.Rate.perSecond;
import static java.time.Duration.ofSeconds;

import io.stampede.LoadTest;
import io.stampede.data.LoadRows;
import io.stampede.data.RowOrder;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.LoadData;
import io.stampede.junit.PerformanceTargets;
import io.stampede.junit.SustainedLoadTest;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Workload;
import io.stampede.verdict.FinishedRun;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Data for operations: each has a user, an order or a voucher of its own. */
@PerformanceTargets("shop-targets.md")
class ShopDataLoadTest {

    record User(String name, String email, LocalDate since) {}

    record Voucher(String code) {}

    private final Shop shop = new Shop("teapot", 100_000).stock("cup", 100_000).stock("saucer", 100_000);

    @Gauge("customers in line")
    int customersInLine() {
        return shop.waiting();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @SustainedLoadTest(total = 300, every = "10ms")
    void order(
            @LoadData("users.csv") User user,
            @LoadData(value = "orders.jsonl", order = RowOrder.RANDOM) Map<String, Object> order,
            Iteration it) {
        shop.signIn(user.email());
        it.completesWith(shop.checkout(String.valueOf(order.get("article"))));
    }

    @BasicLoadTest(concurrent = 200)
    void redeem(@LoadData(value = "vouchers.csv", order = RowOrder.ONCE) Voucher voucher) {
        shop.redeem(voucher.code());
    }

    @Test
    @Tag("load")
    void signInInCode() {
        LoadRows<User> users = LoadRows.read("users.csv", User.class).random(42);

        FinishedRun run = LoadTest.named("sign in")
                .workload(Workload.arrivals(perSecond(100), ofSeconds(3)))
                .run(it -> shop.signIn(users.next(it).email()));

        assertThat(run).hasNoFailures();
    }
}
