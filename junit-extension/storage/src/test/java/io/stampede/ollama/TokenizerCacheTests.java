package io.stampede.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each in a JVM of its own: DJL loads its library once, and remembers a failure for good. */
@Timeout(180)
class TokenizerCacheTests {
    @TempDir
    Path folder;

    @Test
    void unpacksAnewWhatIsNotWhole() throws Exception {
        assertThat(load(folder)).isEqualTo("loaded");
        Path library = library();
        long size = Files.size(library);
        Files.write(library, new byte[] {1, 2, 3});

        assertThat(load(folder)).isEqualTo("loaded");
        assertThat(library).hasSize(size);
    }

    @Test
    void namesTheDirectoryAndWhatToDo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThat(load(file))
                .startsWith("The embedded model's tokenizer cannot be loaded from " + file)
                .contains("DJL_CACHE_DIR");
    }

    private Path library() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).contains("tokenizers."))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String load(Path cache) throws Exception {
        Path out = folder.resolve("printed.txt");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DDJL_CACHE_DIR=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName())
                .redirectError(Redirect.DISCARD)
                .redirectOutput(Redirect.to(out.toFile()))
                .start();
        try {
            assertThat(jvm.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            jvm.destroyForcibly();
        }
        return Files.readString(out).strip();
    }

    /** Loads the model, and prints how that ended. */
    static final class Load {
        private Load() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) {
            try {
                MiniLm.load().close();
                System.out.println("loaded");
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
