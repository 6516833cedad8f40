package io.stampede.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OllamaCommandTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Also with a command line as long as IDEs make it, which once ended the JVM. */
    @Test
    @DisabledOnOs(OS.WINDOWS) // its command lines end at 32 KB
    void servesUntilItIsToldToStop() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlong.class.path=" + "x".repeat(50_000),
                "-cp",
                System.getProperty("java.class.path"),
                OllamaCommand.class.getName(),
                "serve");
        builder.environment().put("OLLAMA_HOST", "127.0.0.1:0");
        Process process = builder.redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String line = String.valueOf(lines.readLine());
            assertThat(line).startsWith("Listening on http://127.0.0.1:");
            URI uri = URI.create(line.replaceFirst("^Listening on (\\S+) .*", "$1"));

            assertThat(new OllamaClient(uri).embed("one")[0]).hasSize(384);
            assertThat(run(uri, "pull", "all-minilm")).isZero();
            assertThat(run(uri, "list")).isZero();
            assertThat(run(uri, "pull", "llama3")).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"success\"", "all-minilm:latest");
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("pull model manifest");

            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThat(run(URI.create("http://127.0.0.1:1"), "list")).isEqualTo(1);
        assertThat(run(URI.create("http://127.0.0.1:1"), "run", "llama3")).isEqualTo(2);
        assertThat(new OllamaCommand(Map.of("OLLAMA_HOST", "localhost:web"), stream(out), stream(err)).run("list"))
                .isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "could not connect to ollama at 127.0.0.1:1, is it running?",
                        "Usage: ollama [serve | pull MODEL | list | --version]",
                        "OLLAMA_HOST's port must be a whole number, but was 'web'");
    }

    private int run(URI uri, String... args) {
        return new OllamaCommand(Map.of("OLLAMA_HOST", uri.toString()), stream(out), stream(err)).run(args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
