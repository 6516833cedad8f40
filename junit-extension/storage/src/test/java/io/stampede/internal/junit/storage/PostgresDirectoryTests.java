package io.stampede.internal.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PostgresDirectoryTests {
    @TempDir
    Path folder;

    @Test
    void unpacksAnewWhereHalfOfItHasBeenCleaned() throws Exception {
        PostgresDirectory directory = new PostgresDirectory(folder);
        directory.start(postgres(), "Postgres").close();
        Path bin = onlyVersion().resolve("bin");
        try (Stream<Path> commands = Files.list(bin)) {
            for (Path command : commands.toList()) {
                Files.delete(command);
            }
        }
        Files.delete(bin);

        directory.start(postgres(), "Postgres").close();

        assertThat(onlyVersion().resolve("bin")).isNotEmptyDirectory();
        assertThat(folder.toFile().list((parent, name) -> name.startsWith("half-")))
                .isEmpty();
    }

    @Test
    void namesTheDirectoryAndWhatToDo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> new PostgresDirectory(file.resolve("pg")).start(postgres(), "The Postgres"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("The Postgres did not start: ")
                .hasMessageContaining("It is unpacked in " + file.resolve("pg"))
                .hasMessageContaining("-Dot.epg.working-dir");
    }

    // The library remembers for each resolver where it has unpacked what that gave it.
    private static EmbeddedPostgres.Builder postgres() {
        return EmbeddedServices.postgres()
                .setPgBinaryResolver(
                        (system, machine) -> DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine));
    }

    private Path onlyVersion() throws IOException {
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.filter(path -> String.valueOf(path.getFileName()).startsWith("PG-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
