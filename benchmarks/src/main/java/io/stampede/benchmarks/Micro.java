package io.stampede.benchmarks;

import io.stampede.benchmarks.micro.RecorderBenchmark;
import io.stampede.internal.format.Times;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What takes nanoseconds, with JMH. */
final class Micro {

    private Micro() {}

    static void run(Arguments arguments, PrintStream out) throws Exception {
        Pattern include = arguments.pattern("--include", RecorderBenchmark.class.getPackageName());
        int forks = arguments.whole("--forks", 2, 0, 100);
        int warmUp = arguments.whole("--warmup", 3, 0, 1_000);
        int iterations = arguments.whole("--iterations", 5, 1, 1_000);
        Duration time =
                arguments.duration("--time", Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofMinutes(5));
        arguments.end();

        Options options = new OptionsBuilder()
                .include(include.pattern())
                .forks(forks)
                .warmupIterations(warmUp)
                .warmupTime(TimeValue.nanoseconds(time.toNanos()))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.nanoseconds(time.toNanos()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Table table = new Table(
                "Steps",
                String.format(
                        Locale.ROOT,
                        "JMH, time of one call in each thread; %d forks, %d iterations of %s each after %d to warm up; error"
                                + " at 99.9 %%.",
                        forks,
                        iterations,
                        Times.format(time),
                        warmUp),
                "",
                "threads",
                "time",
                "error");
        for (RunResult run : new Runner(options).run()) {
            Result<?> result = run.getPrimaryResult();
            table.row(
                    name(run.getParams()),
                    String.valueOf(run.getParams().getThreads()),
                    Table.time(result.getScore()),
                    Table.time(result.getScoreError()));
        }
        table.print(out);
    }

    private static String name(BenchmarkParams params) {
        StringBuilder name = new StringBuilder(params.getBenchmark());
        name.delete(0, name.lastIndexOf(".", name.lastIndexOf(".") - 1) + 1);
        for (String key : params.getParamsKeys()) {
            name.append(", ").append(params.getParam(key));
        }
        return name.toString().replace("Benchmark.", ".");
    }
}
