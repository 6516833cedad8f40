package io.stampede.benchmarks;

import io.stampede.internal.run.LoadRun;
import io.stampede.internal.settings.Settings;
import io.stampede.metric.Band;
import io.stampede.operation.Operation;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A load test as users write it in code, without what it prints. One at a time: it takes standard output away. */
final class StampedeRun {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private StampedeRun() {}

    /**
     * Runs to the end.
     *
     * @param settings by their keys; what is set outside of here does not count
     * @throws IllegalStateException where not all operations ran
     */
    static LoadResult of(Workload workload, Map<String, String> settings, Operation operation) {
        Map<String, String> alone = new HashMap<>(settings);
        alone.putIfAbsent("stampede.history", "off");
        return HiddenReporters.whileHidden(() -> reported(workload, alone, operation));
    }

    /** As above, with all reporters that are on the class path, and with the history as the settings have it. */
    static LoadResult reported(Workload workload, Map<String, String> settings, Operation operation) {
        PrintStream out = System.out;
        System.setOut(NOWHERE);
        LoadResult result;
        try {
            Settings alone = new Settings(Map.of("STAMPEDE_HISTORY", "off"), settings::get, key -> Optional.empty());
            result = new LoadRun(scenario(workload), operation, List.of(), Map.of(), alone, System.out)
                    .run()
                    .result();
        } finally {
            System.setOut(out);
        }
        if (result.endedEarly() != null
                || result.failed() > 0
                || (!workload.closed() && result.succeeded() != workload.operations())) {
            throw new IllegalStateException(String.format(
                    "%s: %,d operations succeeded, %,d failed, ended early: %s; failures: %s",
                    workload.describe(), result.succeeded(), result.failed(), result.endedEarly(), result.failures()));
        }
        return result;
    }

    private static Scenario scenario(Workload workload) {
        return new Scenario(
                "benchmark",
                new Kind.Custom(),
                List.of(new Phase("phase 1", workload)),
                Targets.NONE,
                Band.CRITICAL,
                Duration.ofSeconds(60),
                1,
                "benchmark".hashCode());
    }
}
