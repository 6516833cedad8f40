package io.stampede.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A measurement in a JVM of its own, like this one: nothing of an earlier measurement is compiled, loaded or left on the
 * heap. It tells its figures in one line.
 */
final class ChildJvm {

    private static final String FIGURES = "figures: ";

    private ChildJvm() {}

    /** The child's side. */
    static void tell(PrintStream out, Map<String, Double> figures) {
        out.println(FIGURES
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .collect(Collectors.joining(" ")));
    }

    /**
     * Runs a command and waits for its figures.
     *
     * @param limit after which the child is ended
     * @throws IllegalStateException where it ended without figures
     */
    static Map<String, Double> run(List<String> jvmArguments, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        Process process = start(System.getProperty("java.class.path"), jvmArguments, arguments);
        Thread watch = watch(process, limit);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(FIGURES)) {
                    return parsed(line.substring(FIGURES.length()));
                }
            }
            throw new IllegalStateException(
                    "A JVM ended without figures, exit code " + process.waitFor() + ": " + String.join(" ", arguments));
        } finally {
            watch.interrupt();
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * Runs a command of any build to its end.
     *
     * @param classPath of the build
     * @param limit after which the child is ended
     * @return what it printed
     * @throws IllegalStateException where it failed
     */
    static List<String> lines(String classPath, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        Process process = start(classPath, List.of(), arguments);
        Thread watch = watch(process, limit);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        "A JVM of " + classPath + " ended with exit code " + exit + ": " + String.join(" ", arguments));
            }
            return lines;
        } finally {
            watch.interrupt();
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(String classPath, List<String> jvmArguments, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(classPath);
        command.addAll(jvmArguments);
        command.add(Benchmarks.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Thread watch(Process process, Duration limit) {
        Thread watch = new Thread(() -> endAfter(process, limit), "child-watch");
        watch.setDaemon(true);
        watch.start();
        return watch;
    }

    private static void endAfter(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // The figures are there.
        }
    }

    private static Map<String, Double> parsed(String figures) {
        Map<String, Double> parsed = new LinkedHashMap<>();
        for (String figure : figures.split(" ", -1)) {
            int equals = figure.indexOf('=');
            parsed.put(figure.substring(0, equals), Double.valueOf(figure.substring(equals + 1)));
        }
        return parsed;
    }
}
