package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.WithSettings;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The closed model, run from outside. */
@Timeout(60)
class UsersTestTests {

    @Test
    void runsUsersAfterUsersThatWarmedUp() {
        UsersTestCase.results.clear();
        UsersTestCase.users.clear();

        Fixtures.run(UsersTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));

        LoadResult result = UsersTestCase.results.element();
        assertThat(UsersTestCase.users).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(result.succeeded()).isGreaterThan(4);
        assertThat(result.elapsed()).isGreaterThan(Duration.ofMillis(300));
        assertThat(result.scenario().describe()).isEqualTo("closed model: 4 users for 400 ms, thinking 5 ms");
        assertThat(result.warmUp())
                .isNotNull()
                .satisfies(warmUp -> assertThat(warmUp.outcomes().succeeded()).isGreaterThan(4));
        assertThat(result.delivered()).isNaN();
    }

    @PerformanceTarget(metric = "queue time p95", target = "< 20 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 20 s")
    @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
    static class UsersTestCase {
        static final Queue<LoadResult> results = new ConcurrentLinkedQueue<>();
        static final Set<Integer> users = ConcurrentHashMap.newKeySet();

        @UsersTest(users = 4, duration = "400ms", thinkTime = "5ms")
        @WarmUp(duration = "200ms")
        void shop(Iteration it) {
            users.add(it.user());
        }

        @AfterEach
        void keep(LoadResult last) {
            results.add(last);
        }
    }

    @Test
    void endsUsersWhoseRuleIsBroken() {
        AtomicInteger calls = new AtomicInteger();

        LoadResult result = WithSettings.named(
                        "hopeless users", Map.of("STAMPEDE_PROGRESS", "off", "STAMPEDE_HISTORY", "off"))
                .workload(Workload.users(3, Duration.ofSeconds(60)).thinking(Duration.ofMillis(5)))
                .abortWhen("success rate < 50% for 1s")
                .run(it -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("no shop");
                })
                .result();

        assertThat(result.abortedBy())
                .startsWith("success rate < 50% for 1s: it was 0 %, after ")
                .endsWith(" of 60 s");
        assertThat(result.failed()).as("all but those under way at the end").isBetween(calls.get() - 3L, (long)
                calls.get());
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(30));
    }
}
