package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a test case in a JVM of its own, for what is between processes or of a whole process. */
public final class OwnJvm {

    /** What the build around these tests says of itself, which does not hold for theirs. */
    private static final List<String> SURROUNDINGS =
            List.of("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "STAMPEDE_REPORT_DIR");

    private final Process process;
    private final Path output;

    private OwnJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** What it printed, after it has ended well. */
    public static List<String> run(Path directory, Class<?> testCase, String... options)
            throws IOException, InterruptedException {
        return begin(directory, testCase, options).await();
    }

    /** Returns at once. */
    public static OwnJvm begin(Path directory, Class<?> testCase, String... options) throws IOException {
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
        return new OwnJvm(builder.start(), output);
    }

    public List<String> await() throws InterruptedException {
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended within three minutes").isTrue();
        assertThat(process.exitValue()).as(() -> Launch.read(output)).isZero();
        return Launch.read(output).lines().toList();
    }
}
