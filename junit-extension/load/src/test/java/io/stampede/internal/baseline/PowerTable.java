package io.stampede.internal.baseline;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.Measure;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints how often a comparison calls unchanged and slower runs slower, as docs/adr/0015-baselines.md has it. */
final class PowerTable {

    private PowerTable() {}

    /** @param arguments comparisons in each cell; 1000 where there is none */
    public static void main(String[] arguments) {
        int comparisons = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        PrintStream out = System.out;
        out.println(
                "| Level between runs | p50, p95, p99 vary by | Runs | unchanged | 10 % slower | 20 % slower | 30 % slower |");
        out.println("|---|---|---|---|---|---|---|");
        for (double noise : new double[] {0.01, 0.03, 0.05, 0.08}) {
            for (int runs : new int[] {5, 7, 10, 20}) {
                out.printf(
                        Locale.ROOT,
                        "| %.0f %% | %s | %d | %.1f %% | %.0f %% | %.0f %% | %.0f %% |%n",
                        100 * noise,
                        variation(noise),
                        runs,
                        100 * slower(noise, runs, 1, comparisons),
                        100 * slower(noise, runs, 1.1, comparisons),
                        100 * slower(noise, runs, 1.2, comparisons),
                        100 * slower(noise, runs, 1.3, comparisons));
            }
        }
    }

    /** Standard deviations of the logarithms of figures of unchanged runs, in percent. */
    private static String variation(double noise) {
        List<StoredRun> runs = simulated(noise, 0).runs(300);
        return Stream.of(Measure.P50, Measure.P95, Measure.P99)
                .map(measure -> Sample.of(runs.stream()
                        .mapToDouble(run -> Math.log(run.figures().getOrDefault(measure, Double.NaN)))
                        .toArray()))
                .map(sample -> String.format(Locale.ROOT, "%.1f %%", 100 * Math.sqrt(sample.variance())))
                .collect(Collectors.joining(", "));
    }

    private static SimulatedRuns simulated(double noise, int runs) {
        return new SimulatedRuns(Math.round(1000 * noise) + 31L * runs, noise, 0.05, 0.005);
    }

    /** The share of runs with response times {@code factor} as long that are called slower. */
    static double slower(double noise, int runs, double factor, int comparisons) {
        return slower(simulated(noise, runs), level -> level, runs, factor, comparisons);
    }

    /** As above; each run is compared with the unchanged ones before it, which move along, since drawing takes long. */
    static double slower(SimulatedRuns simulated, DoubleUnaryOperator level, int runs, double factor, int comparisons) {
        Deque<StoredRun> before = new ArrayDeque<>();
        int found = 0;
        for (int i = 0; i < runs + comparisons; i++) {
            if (before.size() == runs) {
                StoredRun now = simulated.run(factor, level);
                Comparison comparison = Comparer.compare(now, List.copyOf(before), null, null);
                if (comparison.state() == State.SLOWER) {
                    found++;
                }
                before.removeFirst();
            }
            before.addLast(simulated.run(1, level));
        }
        return (double) found / comparisons;
    }
}
