package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs test cases in a JVM of their own, as a build does. */
public final class Launch {

    /** What the build around these tests says of itself, which is none of theirs. */
    private static final List<String> SURROUNDINGS =
            List.of("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "STAMPEDE_REPORT_DIR");

    private final Process process;
    private final Path output;

    private Launch(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** What it printed, after it has ended well. */
    public static List<String> of(Path directory, Class<?> testCase, String... options)
            throws IOException, InterruptedException {
        return begin(directory, testCase, options).await();
    }

    /** Returns at once. */
    public static Launch begin(Path directory, Class<?> testCase, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.awt.headless=true");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LauncherMain.class.getName()));
        command.add(testCase.getName());
        Path output = directory.resolve("output-" + testCase.getSimpleName() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        SURROUNDINGS.forEach(builder.environment()::remove);
        return new Launch(builder.start(), output);
    }

    public List<String> await() throws InterruptedException {
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended within two minutes").isTrue();
        assertThat(process.exitValue()).as(() -> read(output)).isZero();
        return read(output).lines().toList();
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
