package io.stampede.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The command line: one benchmark with its options, all of them, or one of two builds. Prints Markdown.
 *
 * <p>{@code java -jar benchmarks.jar throughput --rounds 5}
 */
public final class Benchmarks {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

    /** What a new JVM of a benchmark runs; not for people. */
    private static final Map<String, Benchmark> CHILDREN = Map.of(
            PacingRun.COMMAND, PacingRun::run,
            MemoryRun.COMMAND, MemoryRun::run,
            BlockedRun.COMMAND, BlockedRun::run,
            ReportsRun.COMMAND, ReportsRun::run,
            Queue.COMMAND, Queue::child,
            Spike.COMMAND, Spike::child);

    static {
        BENCHMARKS.put("throughput", Throughput::run);
        BENCHMARKS.put("pacing", Pacing::run);
        BENCHMARKS.put("memory", Memory::run);
        BENCHMARKS.put("blocked", Blocked::run);
        BENCHMARKS.put("reports", Reports::run);
        BENCHMARKS.put("queue", Queue::run);
        BENCHMARKS.put("store", Store::run);
        BENCHMARKS.put("writepath", WritePathTable::run);
        BENCHMARKS.put("spike", Spike::run);
        BENCHMARKS.put("embed", Embed::run);
        BENCHMARKS.put("modelbatches", ModelBatches::run);
        BENCHMARKS.put("jmh", Micro::run);
        BENCHMARKS.put("http", Http::run); // last: the only one that needs something installed
    }

    private Benchmarks() {}

    /** Ends the JVM with 0, with 1 where a benchmark failed, or with 2 where the arguments are not as they must be. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> options = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            if (command.equals("all")) {
                new Arguments(command, options).end();
                for (Map.Entry<String, Benchmark> benchmark : BENCHMARKS.entrySet()) {
                    benchmark.getValue().run(new Arguments(benchmark.getKey(), List.of()), out);
                }
                return OK;
            }
            if (command.equals(Compare.COMMAND)) {
                Compare.run(BENCHMARKS.keySet(), new Arguments(command, options), out, err);
                return OK;
            }
            Benchmark benchmark = CHILDREN.getOrDefault(command, BENCHMARKS.get(command));
            if (benchmark == null) {
                throw new UsageException(usage(command));
            }
            benchmark.run(new Arguments(command, options), out);
            return OK;
        } catch (UsageException e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println(command + ": interrupted");
            return FAILED;
        } catch (Exception e) {
            err.println(command + ": failed");
            e.printStackTrace(err);
            return FAILED;
        }
    }

    private static String usage(String command) {
        StringJoiner commands = new StringJoiner(", ");
        BENCHMARKS.keySet().forEach(commands::add);
        commands.add(Compare.COMMAND);
        return (command.isEmpty() ? "No benchmark was named" : "Unknown benchmark \"" + command + "\"") + ". There are "
                + commands + " and all, each followed by its options, such as: throughput --rounds 5";
    }

    /** One benchmark. */
    @FunctionalInterface
    private interface Benchmark {
        void run(Arguments arguments, PrintStream out) throws Exception;
    }
}
