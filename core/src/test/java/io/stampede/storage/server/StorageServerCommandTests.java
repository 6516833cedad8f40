package io.stampede.storage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.FakeOllama;
import io.stampede.storage.TestDatabase;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(180)
class StorageServerCommandTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String KEY = "0123456789abcdef-key";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private @Nullable Process process;

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void tellsItsOptionsAndTheirVariables() {
        assertThat(run(Map.of(), "--help")).isZero();

        assertThat(out.toString())
                .contains("--port=PORT", "Default: 3000", "--jdbc-url", "STAMPEDE_API_KEY", "Exit status");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
    }

    @Test
    void tellsItsVersion() {
        assertThat(run(Map.of(), "--version")).isZero();

        assertThat(out.toString()).startsWith("Stampede ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port x | Invalid value for option '--port': 'x' is not an int",
                "--port 70000 | --port must be 0 to 65535, but was 70000",
                "--colour red | Unknown options: '--colour', 'red'",
                "--queue-capacity 0 | --queue-capacity must be 1 to 1000000, but was 0",
                "--metrics-stream -1 | --metrics-stream must be >= 0, but was -1",
                "--close-timeout 999999 | --close-timeout must be PT0S to PT1H, but was PT277H46M39S",
                "--host 0.0.0.0 | --host 0.0.0.0 can be reached from other machines, so an API key is needed",
                "--api-key-file /no/such/file | --api-key-file: /no/such/file cannot be read",
                "--ollama-url http://127.0.0.1:1 | There is no --jdbc-url, and nothing on the class path that could",
                "--jdbc-url mysql://x | --jdbc-url must start with jdbc:postgresql:, but was mysql:...",
            })
    void aMistakeIsToldInOneLine(String arguments, String message) {
        assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(message).contains("--help").doesNotContain("Exception");
    }

    @Test
    void aServiceThatDoesNotAnswerIsToldInOneLine() {
        int status =
                run(Map.of(), "--jdbc-url", "jdbc:postgresql://127.0.0.1:1/none", "--ollama-url", "http://127.0.0.1:1");

        assertThat(status).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .contains("Postgres at jdbc:postgresql://127.0.0.1:1/none")
                .doesNotContain("Exception");
    }

    @Test
    void aPortThatIsTakenIsToldInOneLine() throws Exception {
        try (FakeOllama ollama = new FakeOllama();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int status = run(
                    Map.of("STAMPEDE_OLLAMA_URL", ollama.url().toString(), "STAMPEDE_DB_USER", "postgres"),
                    "--jdbc-url",
                    TestDatabase.create(),
                    "--port",
                    "" + taken.getLocalPort());

            assertThat(status).isEqualTo(1);
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(err.toString()).contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void noOptionTakesASecret() {
        CommandLine line = StorageServerCommand.commandLine(Map.of());

        assertThat(line.getCommandSpec().options())
                .flatExtracting(option -> List.of(option.names()))
                .contains("--api-key-file", "--db-password-file")
                .doesNotContain("--api-key", "--db-password", "--password");
    }

    @Test
    void everyOptionHasAVariableAndABlankOneIsNone() {
        int status = run(Map.of("STAMPEDE_PORT", "70000", "STAMPEDE_QUEUE_CAPACITY", " "));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("--port must be 0 to 65535, but was 70000");
    }

    @Test
    void servesUntilItIsToldToEndAndStoresWhatItAccepted() throws Exception {
        try (FakeOllama ollama = new FakeOllama()) {
            Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
            Path output = folder.resolve("output");
            String database = TestDatabase.create();
            URI service = startProcess(
                    output,
                    "--port=0",
                    "--jdbc-url=" + database,
                    "--db-user=postgres",
                    "--ollama-url=" + ollama.url(),
                    "--api-key-file=" + key,
                    "--metrics-stream=1");
            assertThat(post(service, "").statusCode()).isEqualTo(401);
            int accepted = 0;
            for (int i = 0; i < 200; i++) {
                accepted += post(service, KEY).statusCode() == 202 ? 1 : 0;
            }
            await().atMost(LONG).until(() -> Files.readString(output).contains("queued 0/10000"));

            Process serving = Objects.requireNonNull(process);
            serving.destroy(); // SIGTERM

            assertThat(serving.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(serving.exitValue()).isEqualTo(143);
            assertThat(accepted).isEqualTo(200);
            assertThat(Files.readString(output))
                    .contains("Stopping: nothing is taken in any more")
                    .containsPattern("Stopped in [\\d.]+ s: everything that was accepted is stored; \\d+ embeddings")
                    .doesNotContain(KEY, "Exception");
            assertThat(conversations(database)).isEqualTo(200);
        }
    }

    @Test
    void bothLoopbackAddressesAreServed() throws Exception {
        try (FakeOllama ollama = new FakeOllama()) {
            URI service = startProcess(
                    folder.resolve("output"),
                    "--port=0",
                    "--jdbc-url=" + TestDatabase.create(),
                    "--db-user=postgres",
                    "--ollama-url=" + ollama.url());

            for (InetAddress address : loopback()) {
                try (Socket socket = new Socket(address, service.getPort())) {
                    assertThat(socket.isConnected()).as(address.toString()).isTrue();
                }
            }
        }
    }

    @Test
    void whatWasLeftIsTold() {
        List<Conversation> lost = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lost.add(Conversation.of("ann", Channel.WEB, "Hello").withId(new UUID(0, i)));
        }

        String told = RunningService.told(new CloseReport(lost, -1, Duration.ofMillis(1234)), true);

        assertThat(told)
                .startsWith("Stopped in 1.2 s: 30 conversations were accepted and are NOT STORED"
                        + " (00000000-0000-0000-0000-000000000000, ")
                .contains("-000000000013, ...)")
                .endsWith("how many embeddings wait in Postgres could not be asked.");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return StorageServerCommand.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private URI startProcess(Path output, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StorageServerCommand.class.getName()));
        command.addAll(List.of(options));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process = started;
        Pattern address = Pattern.compile("Listening on (\\S+)\\R");
        await().atMost(LONG)
                .until(() -> !started.isAlive()
                        || address.matcher(Files.readString(output)).find());
        Matcher matcher = address.matcher(Files.readString(output));
        assertThat(matcher.find()).as(Files.readString(output)).isTrue();
        return URI.create(matcher.group(1));
    }

    private static HttpResponse<String> post(URI service, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve("/api/conversations"))
                .timeout(LONG)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"Hello\"}"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static long conversations(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from conversation")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** 127.0.0.1, and ::1 where this machine has it. */
    private static List<InetAddress> loopback() throws IOException {
        List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
        byte[] six = new byte[16];
        six[15] = 1;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(six))) {
            addresses.add(probe.getInetAddress());
        } catch (IOException e) {
            // no IPv6 here
        }
        return addresses;
    }
}
