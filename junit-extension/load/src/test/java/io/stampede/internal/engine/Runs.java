package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.internal.plan.Plan;
import io.stampede.metric.Band;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs workloads, one phase each, with nothing to be judged by. */
final class Runs {

    private Runs() {}

    static LoadResult run(Operation operation, Workload... workloads) {
        return run(Duration.ofSeconds(60), operation, workloads);
    }

    /** @param timeout of each operation */
    static LoadResult run(Duration timeout, Operation operation, Workload... workloads) {
        return run(scenario(timeout, workloads), operation, List.of(), EngineSettings.DEFAULT);
    }

    static LoadResult run(Scenario scenario, Operation operation, List<GaugeSource> gauges, EngineSettings settings) {
        Plan plan = Plan.of(scenario, step -> Optional.empty());
        return new Engine(scenario, operation, gauges, Map.of(), settings, snapshot -> {}).run(plan);
    }

    static Engine engine(Scenario scenario, Operation operation) {
        return new Engine(scenario, operation, List.of(), Map.of(), EngineSettings.DEFAULT, snapshot -> {});
    }

    static Scenario scenario(Duration timeout, Workload... workloads) {
        List<Phase> phases = new ArrayList<>();
        for (Workload workload : workloads) {
            phases.add(new Phase("phase " + (phases.size() + 1), workload));
        }
        return new Scenario(
                "test", new Kind.Custom(), phases, new Targets(List.of(), "none"), Band.CRITICAL, timeout, 1, 42);
    }

    static void noWorkerIsLeft() {
        await().untilAsserted(() -> assertThat(workers()).isEmpty());
    }

    /** Each with what it does, so that a failure tells why it is still there. */
    private static List<String> workers() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("stampede-"))
                .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue()))
                .toList();
    }
}
