package io.stampede.internal.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.storage.server.LocalService;
import io.stampede.storage.server.LocalServices;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedLocalServicesTests {

    @TempDir
    Path folder;

    @Test
    void isWhatTheServiceFinds() {
        assertThat(ServiceLoader.load(LocalServices.class)).hasOnlyElementsOfType(EmbeddedLocalServices.class);
    }

    @Test
    void dataIsKeptWhereThatWasAskedFor() throws Exception {
        Path data = folder.resolve("data");
        try (LocalService postgres = new EmbeddedLocalServices().startPostgres(data)) {
            assertThat(postgres.description()).contains("its data stays in " + data);
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            ask(postgres, "create table kept as select 'still here' as word");
        }

        try (LocalService postgres = new EmbeddedLocalServices().startPostgres(data)) {
            assertThat(ask(postgres, "select word from kept")).isEqualTo("still here");
        }
    }

    @Test
    void aServiceThatHasEndedAnswersNoMore() throws Exception {
        LocalService postgres = new EmbeddedLocalServices().startPostgres(null);
        assertThat(ask(postgres, "select 1")).isEqualTo("1");
        assertThat(postgres.toString()).contains("deleted at the end").doesNotContain("password");

        postgres.close();

        assertThatThrownBy(() -> ask(postgres, "select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> new EmbeddedLocalServices().startPostgres(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("with data in " + file + " did not start");
    }

    @Test
    void ollamaAnswers() throws Exception {
        try (LocalService ollama = new EmbeddedLocalServices().startOllama()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(ollama.url() + "/api/tags"))
                    .build();

            String models = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(models).contains("all-minilm");
        }
    }

    private static String ask(LocalService postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
