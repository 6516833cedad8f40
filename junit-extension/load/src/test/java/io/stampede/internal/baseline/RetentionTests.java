package io.stampede.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.result.Distribution;
import io.stampede.result.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetentionTests {

    private static final Fingerprint HERE = new Fingerprint(Map.of("plan", "100 at once"));

    private static final List<Standing> STANDINGS = List.of(Standing.values());

    private int hours;

    @Test
    void countsOnlyRunsThatCanBeABaseline() {
        List<StoredRun> runs = new ArrayList<>(runs(Standing.SAME, 7));
        runs.addAll(runs(Standing.REFUSED, 20));

        List<StoredRun> staying = staying(runs, 6);

        assertThat(staying).startsWith(runs.get(1)).hasSize(6 + Retention.OTHERS);
        assertThat(staying.subList(0, 6)).isEqualTo(runs.subList(1, 7));
        assertThat(staying.subList(6, 11)).isEqualTo(runs.subList(22, 27));
    }

    @Test
    void leavesAllThatMayBecomeANewLevel() {
        List<StoredRun> runs = new ArrayList<>(runs(Standing.SAME, 5));
        runs.addAll(runs(Standing.SLOWER, 4));

        assertThat(staying(runs, 5)).isEqualTo(runs);

        runs.addAll(runs(Standing.SLOWER, 1));
        assertThat(staying(runs, 5)).as("the new level").isEqualTo(runs.subList(5, 10));
    }

    @Test
    void comparesWithTheSameRunsAsIfAllHadStayed() {
        SplittableRandom random = new SplittableRandom(21);
        for (int keep : new int[] {5, 6, 9, 30}) {
            List<StoredRun> all = new ArrayList<>();
            List<StoredRun> staying = new ArrayList<>();
            Standing standing = Standing.SAME;
            for (int i = 0; i < 3000; i++) {
                if (random.nextDouble() < 0.4) {
                    standing = STANDINGS.get(random.nextInt(STANDINGS.size()));
                }
                StoredRun run = run(standing, random.nextDouble() < 0.01);
                all.add(run);
                staying.add(run);
                staying = staying(staying, keep);
                int most = Math.min(keep, Comparer.MOST_RUNS);
                Level expected = Level.of(all, Comparer.LEAST_RUNS, most);
                Level seen = Level.of(staying, Comparer.LEAST_RUNS, most);
                assertThat(seen.runs())
                        .as("run %d, %d are kept", i, keep)
                        .extracting(StoredRun::startedAt)
                        .containsExactlyElementsOf(expected.runs().stream()
                                .map(StoredRun::startedAt)
                                .toList());
                assertThat(seen.since()).isEqualTo(expected.since());
                assertThat(staying).hasSizeLessThanOrEqualTo(keep + 13);
            }
        }
    }

    private static List<StoredRun> staying(List<StoredRun> runs, int keep) {
        List<Standing> roles = runs.stream().map(Retention::role).toList();
        return new ArrayList<>(
                Retention.staying(roles, keep).stream().mapToObj(runs::get).toList());
    }

    private List<StoredRun> runs(Standing standing, int count) {
        List<StoredRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(run(standing, false));
        }
        return runs;
    }

    private StoredRun run(Standing standing, boolean newLevel) {
        return new StoredRun(
                "checkout",
                Instant.EPOCH.plus(Duration.ofHours(hours++)),
                HERE,
                standing,
                newLevel,
                Map.of(),
                new Outcomes(1000, 0, Distribution.EMPTY, Distribution.EMPTY),
                Duration.ofSeconds(10),
                Map.of(Measure.P50, 1e6),
                List.of());
    }
}
