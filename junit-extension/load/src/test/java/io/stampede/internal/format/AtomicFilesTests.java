package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    @Test
    void replacesAFileAndLeavesNothingBesideIt() throws IOException {
        Path file = Files.writeString(directory.resolve("run.json"), "old and longer");

        AtomicFiles.write(file, new byte[] {'n', 'e', 'w'});

        assertThat(file).hasContent("new");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leavesNoTemporaryFileIfAFileCannotBeMovedToItsPlace() throws IOException {
        Path beside = directory.resolve("run.json.tmp");
        Path taken = directory.resolve("run.json");
        Files.createDirectories(taken.resolve("full"));

        assertThatThrownBy(() -> AtomicFiles.write(beside, taken, new byte[10])).isInstanceOf(IOException.class);

        assertThat(beside).doesNotExist();
    }
}
