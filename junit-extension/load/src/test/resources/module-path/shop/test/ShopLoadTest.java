package shop.test;

import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.Gauge;
import io.stampede.junit.LoadData;
import io.stampede.junit.PerformanceTargets;
import io.stampede.junit.WorkloadTest;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Phase;
import io.stampede.scenario.PhaseSource;
import io.stampede.scenario.Workload;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/** All that Stampede reaches in users' classes, none of it public. */
class ShopLoadTest {

    private record User(String name, int age) {}

    private static final class TwoPhases implements PhaseSource {
        @Override
        public List<Phase> phases() {
            return List.of(new Phase("first", Workload.burst(3)), new Phase("second", Workload.burst(4)));
        }
    }

    private static final class SoldOut extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Gauge("line")
    private int line() {
        return 7;
    }

    @BasicLoadTest(concurrent = 20)
    @PerformanceTargets("shop.md")
    void rows(Iteration iteration, @LoadData("users.csv") User user) {
        User expected = iteration.index() % 2 == 0 ? new User("Ann", 31) : new User("Bob", 42);
        if (!user.equals(expected)) {
            throw new AssertionError(user);
        }
    }

    @WorkloadTest(TwoPhases.class)
    @PerformanceTargets("shop.md")
    void phases() {}

    @BasicLoadTest(concurrent = 5)
    @PerformanceTargets("shop.md")
    void fails() throws SoldOut {
        throw new SoldOut();
    }

    @BasicLoadTest(concurrent = 5)
    int returns() {
        return 1;
    }

    @AfterEach
    void show(TestInfo test, LoadResult result) {
        String name = test.getTestMethod().orElseThrow().getName();
        System.out.println(name + " ran: " + result.started() + " operations, gauge "
                + result.gauges().get(0).name());
        result.failures().forEach(group -> System.out.println(name + " threw: "
                + group.samples().get(0).stackTrace().lines().limit(2).map(String::strip).toList()));
    }
}
