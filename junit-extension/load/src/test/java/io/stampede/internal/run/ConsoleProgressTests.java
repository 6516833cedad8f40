package io.stampede.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Unit;
import io.stampede.result.Outcomes;
import io.stampede.result.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleProgressTests {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void saysHowFarTheRunIs() {
        assertThat(ConsoleProgress.line("Shop.checkout", snapshot(50, 500, 10)))
                .isEqualTo("Shop.checkout  500 / 1,000 (50%)  10/s  p95 3.2 ms  2 failed  50 s left  queue size 12");
    }

    @Test
    void saysNothingOfPercentilesBeforeThereAreAny() {
        Snapshot early = snapshot(
                Snapshot.Stage.LOAD,
                "50 at once",
                Duration.ZERO,
                Duration.ZERO,
                100,
                0,
                0,
                Double.NaN,
                Map.of("level", Double.NaN));

        assertThat(ConsoleProgress.line("stress", early))
                .isEqualTo("stress [50 at once]  0 / 100 (0%)  0/s  p95 -  0 failed");
    }

    @Test
    void saysWhatTheRunWaitsForWhereNoOperationsRun() {
        Snapshot settling = snapshot(
                Snapshot.Stage.SETTLING,
                "50 at once",
                Duration.ofSeconds(1),
                Duration.ZERO,
                50,
                50,
                0,
                3.2e6,
                Map.of());
        Snapshot recovery =
                snapshot(Snapshot.Stage.RECOVERY, "", Duration.ofSeconds(1), Duration.ZERO, 50, 50, 0, 3.2e6, Map.of());

        assertThat(ConsoleProgress.line("stress", settling)).startsWith("stress [50 at once, settling]  50 / 50");
        assertThat(ConsoleProgress.line("spike", recovery)).startsWith("spike [recovery]  50 / 50");
    }

    @Test
    void saysByTimeHowFarUsersAre() {
        Snapshot users = snapshot(
                Snapshot.Stage.LOAD, "", Duration.ofSeconds(12), Duration.ofSeconds(30), 0, 1234, 0, 3.2e6, Map.of());

        assertThat(ConsoleProgress.line("shop", users))
                .isEqualTo("shop  1,234 operations (40%)  103/s  p95 3.2 ms  0 failed  18 s left");
    }

    @Test
    void printsAPlainLineAfterAWarmUpAsSoonAsBefore() {
        ConsoleProgress progress = new ConsoleProgress(out, "Shop.checkout", false, Duration.ofSeconds(5));

        progress.show(snapshot(20, 20, 10));
        progress.show(snapshot(0.1, 0, 10));
        progress.show(snapshot(5, 50, 10));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void printsAPlainLineNowAndThen() {
        ConsoleProgress progress = new ConsoleProgress(out, "Shop.checkout", false, Duration.ofSeconds(5));

        for (int tenth = 1; tenth <= 120; tenth++) {
            progress.show(snapshot(tenth / 10.0, tenth, 10));
        }
        progress.end();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\r");
    }

    @Test
    void writesALiveLineOverItselfAndClearsItAtTheEnd() {
        ConsoleProgress progress = new ConsoleProgress(out, "Shop.checkout", true, Duration.ofSeconds(5));

        progress.show(snapshot(50, 500, 10));
        progress.show(snapshot(99, 990, 1));
        progress.end();

        String written = bytes.toString(StandardCharsets.UTF_8);
        assertThat(written)
                .doesNotContain("\n")
                .startsWith("\rShop.checkout  500")
                .endsWith(" \r");
        List<String> lines = written.lines().toList();
        assertThat(lines.get(2)).as("covers the longer line before").hasSameSizeAs(lines.get(1));
    }

    private static Snapshot snapshot(double seconds, long done, int queue) {
        return snapshot(
                Snapshot.Stage.LOAD,
                "",
                Duration.ofNanos(Math.round(seconds * 1e9)),
                Duration.ofSeconds(100),
                1000,
                Math.max(0, done - 2),
                Math.min(done, 2),
                3.2e6,
                Map.of("queue size", queue == 10 ? 12.0 : queue));
    }

    private static Snapshot snapshot(
            Snapshot.Stage stage,
            String phase,
            Duration elapsed,
            Duration plan,
            long planned,
            long succeeded,
            long failed,
            double p95Nanos,
            Map<String, Double> gauges) {
        return new Snapshot(
                stage,
                phase,
                elapsed,
                plan,
                planned,
                Double.NaN,
                new Snapshot.Progress(succeeded, failed, p95Nanos),
                Outcomes.NONE,
                readings(gauges));
    }

    private static Map<String, Snapshot.Reading> readings(Map<String, Double> gauges) {
        Map<String, Snapshot.Reading> readings = new LinkedHashMap<>();
        gauges.forEach((gauge, value) -> readings.put(gauge, new Snapshot.Reading(Unit.COUNT, value)));
        return readings;
    }
}
