package io.stampede.junit.storage;

import com.github.dockerjava.api.DockerClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** As much of a Docker engine as it takes to ask it for a container. It has all images, and makes no container. */
final class BrokenEngine implements AutoCloseable {
    /** What it does if it is asked for one. */
    enum Kind {
        /** Refuses each request of a client that is older than it. */
        NEWER(400, "client version 1.32 is too old. Minimum supported API version is 1.44"),
        FULL(500, "error creating overlay mount: no space left on device"),
        FORBIDDEN(403, "authorization denied by plugin"),
        /** Never answers. */
        HANGING(0, "");

        private final int status;
        private final String message;

        Kind(int status, String message) {
            this.status = status;
            this.message = message;
        }
    }

    private final Kind kind;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    BrokenEngine(Kind kind) {
        this.kind = kind;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Finds this engine; where it refuses all clients, in vain. */
    DockerImages images() {
        return new DockerImages(
                () -> {
                    if (kind == Kind.NEWER) {
                        throw new IllegalStateException("Could not find a valid Docker environment.");
                    }
                    return true;
                },
                this::client,
                () -> Stream.of(
                        () -> {
                            throw new UnsatisfiedLinkError("no such library on this machine");
                        },
                        this::client));
    }

    DockerClient client() {
        URI uri = URI.create("tcp://127.0.0.1:" + server.getAddress().getPort());
        return DockerClientProviderStrategy.getClientForConfig(
                TransportConfig.builder().dockerHost(uri).build());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (kind == Kind.NEWER || exchange.getRequestURI().getPath().endsWith("/containers/create")) {
                if (kind == Kind.HANGING) {
                    closed.await();
                }
                answer(exchange, kind.status, "{\"message\": \"" + kind.message + "\"}");
            } else {
                answer(exchange, 200, "{\"Id\": \"sha256:aa\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
