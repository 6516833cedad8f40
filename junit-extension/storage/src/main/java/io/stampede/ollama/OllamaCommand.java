package io.stampede.ollama;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command {@code ollama}, as far as it is needed: {@code serve} (the default), {@code pull MODEL}, {@code list},
 * {@code --version}. {@code OLLAMA_HOST} (host:port, default 127.0.0.1:11434) says where to listen or whom to ask,
 * {@code OLLAMA_THREADS} how many texts to compute at once.
 *
 * @since 0.1
 */
public final class OllamaCommand {
    private static final int DEFAULT_PORT = 11_434;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    OllamaCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Serves until SIGTERM or SIGINT, or does the one thing that the arguments ask for.
     *
     * @param args the command, and the model to pull
     */
    public static void main(String[] args) {
        int status = new OllamaCommand(System.getenv(), System.out, System.err).run(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The exit status: 0 done, 1 failed, 2 not understood. */
    int run(String... args) {
        String command = args.length == 0 ? "serve" : args[0];
        try {
            if (command.equals("serve") && args.length <= 1) {
                return serve();
            }
            if (command.equals("pull") && args.length == 2) {
                return pull(args[1]);
            }
            if ((command.equals("list") || command.equals("ls")) && args.length == 1) {
                out.println(ask("/api/tags", null));
                return 0;
            }
            if ((command.equals("--version") || command.equals("-v")) && args.length == 1) {
                out.println("ollama version is " + OllamaApi.VERSION);
                return 0;
            }
        } catch (IOException | RuntimeException e) {
            err.println("Error: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
        err.println("Usage: ollama [serve | pull MODEL | list | --version]");
        return 2;
    }

    private int serve() throws InterruptedException {
        OllamaOptions.Builder options =
                OllamaOptions.builder().host(address().host()).port(address().port());
        String threads = environment.getOrDefault("OLLAMA_THREADS", "");
        if (!threads.isBlank()) {
            options.threads(number("OLLAMA_THREADS", threads));
        }
        EmbeddedOllama ollama = EmbeddedOllama.start(options.build());
        Runtime.getRuntime().addShutdownHook(new Thread(ollama::close, "embedded-ollama-stop"));
        out.println("Listening on " + ollama.uri() + " (version " + OllamaApi.VERSION + ", all-minilm)");
        new CountDownLatch(1).await(); // until a signal ends the JVM
        return 0;
    }

    private int pull(String model) throws IOException, InterruptedException {
        String answer = ask("/api/pull", JsonMapper.shared().writeValueAsString(Map.of("model", model)));
        boolean failed = answer.contains("\"error\"");
        (failed ? err : out).println(answer.strip());
        return failed ? 1 : 0;
    }

    private String ask(String path, @Nullable String body) throws IOException, InterruptedException {
        String host =
                address().host().equals("0.0.0.0") ? "127.0.0.1" : address().host();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + host + ":" + address().port() + path))
                .timeout(Duration.ofSeconds(30));
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (ConnectException e) {
            throw new IOException(
                    "could not connect to ollama at " + host + ":" + address().port() + ", is it running?", e);
        }
    }

    private record Address(String host, int port) {}

    /** {@code host}, {@code :port}, {@code host:port}, each with or without {@code http://} before it. */
    private Address address() {
        String value = environment.getOrDefault("OLLAMA_HOST", "").strip().replaceFirst("^https?://", "");
        value = value.replaceFirst("/+$", "");
        int colon = value.lastIndexOf(':');
        String host = colon < 0 ? value : value.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : number("OLLAMA_HOST's port", value.substring(colon + 1));
        return new Address(host.isEmpty() ? "127.0.0.1" : host, port);
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, but was '" + value + "'");
        }
    }
}
