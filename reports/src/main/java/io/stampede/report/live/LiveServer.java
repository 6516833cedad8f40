package io.stampede.report.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stampede.report.text.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page and its data to browsers on this machine: loopback alone, and only to those who asked for that
 * address, so that a page from elsewhere cannot have its own name lead here. Nothing but GET. All threads are daemons.
 */
final class LiveServer implements AutoCloseable {

    private static final int MAX_THREADS = 12;
    private static final int MAX_WAITING = 8; // the other threads serve what is not waited for
    private static final int BACKLOG = 32;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    // Styles within: the report that the page keeps as a blob has them, and a blob is held to its maker's policy.
    private static final String PAGE_POLICY =
            POLICY + "script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:";
    private static final String REPORT_POLICY = POLICY + "style-src 'unsafe-inline'; img-src data:";

    private static final Pattern REPORT = Pattern.compile("/report/(\\d{1,6})");
    private static final Pattern DATA = Pattern.compile("since=(\\d{1,18})&page=([0-9a-f]{1,32})");
    private static final Pattern BYE = Pattern.compile("page=([0-9a-f]{1,32})");

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private final Map<String, Resource> resources = Map.of(
            "/", resource("live.html", "text/html; charset=utf-8"),
            "/live.js", resource("live.js", "text/javascript; charset=utf-8"),
            "/live.css", resource("live.css", "text/css; charset=utf-8"),
            "/uplot.js", resource(UPLOT + "dist/uPlot.iife.min.js", "text/javascript; charset=utf-8"),
            "/uplot.css", resource(UPLOT + "dist/uPlot.min.css", "text/css; charset=utf-8"),
            "/uplot-license", resource(UPLOT + "LICENSE", "text/plain; charset=utf-8"));

    private final LiveBoard board;
    private final HttpServer server;
    private final ThreadPoolExecutor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final OpenPages pages = new OpenPages(System::nanoTime);

    private record Resource(String content, String type) {}

    /**
     * @param port 0 for any that is free
     * @throws IOException if the port cannot be had
     */
    LiveServer(LiveBoard board, int port) throws IOException {
        this.board = board;
        AtomicInteger numbers = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "stampede-live-" + numbers.incrementAndGet()));
        server = aside(() -> HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG));
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        aside(() -> {
            server.start();
            return server;
        });
    }

    // The server starts a thread as it is made and one as it is started, which are as the one that does it: daemons, or
    // a forgotten page would hold the JVM, and heirs of nothing.
    private static HttpServer aside(Callable<HttpServer> work) throws IOException {
        FutureTask<HttpServer> task = new FutureTask<>(work);
        daemon(task, "stampede-live-start").start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException refused) {
                        throw refused;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread daemon(Runnable task, String name) {
        // Inherits nothing from the test's thread: what that holds would be held as long as the page is there.
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(LiveServer.class.getClassLoader());
        return thread;
    }

    private static Resource resource(String name, String type) {
        return new Resource(Resources.text(LiveServer.class, name), type);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isForUs(exchange.getRequestHeaders())) {
                refuse(exchange, 421, "This page answers to " + address() + " alone.");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                refuse(exchange, 405, "Nothing but GET.");
            } else {
                answer(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is being closed
        }
    }

    private boolean isForUs(Headers headers) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        int port = server.getAddress().getPort();
        String suffix = port == 80 ? "(?::80)?" : ":" + port;
        return hosts.size() == 1 && hosts.get(0).matches("(?i:127\\.0\\.0\\.1|localhost)" + suffix);
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getRawPath();
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        Resource resource = resources.get(path);
        Matcher report = REPORT.matcher(path);
        if (resource != null) {
            byte[] content = resource.content().getBytes(StandardCharsets.UTF_8);
            send(exchange, 200, resource.type(), PAGE_POLICY, content);
        } else if (path.equals("/data")) {
            data(exchange, query);
        } else if (path.equals("/bye")) {
            bye(exchange, query);
        } else if (report.matches()) {
            report(exchange, board.report(Integer.parseInt(report.group(1))));
        } else {
            refuse(exchange, 404, "There is no such page.");
        }
    }

    /** Answers when there is something new, or after a while. */
    private void data(HttpExchange exchange, String query) throws IOException, InterruptedException {
        Matcher matcher = DATA.matcher(query);
        if (!matcher.matches()) {
            refuse(exchange, 400, "The query must be since=0&page=1f, but was \"" + query + "\".");
            return;
        }
        String page = matcher.group(2);
        pages.heardOf(page);
        long since = Long.parseLong(matcher.group(1));
        boolean wait = waiting.incrementAndGet() <= MAX_WAITING;
        LiveBoard.View view;
        try {
            view = board.await(since, wait && !board.knowsTheEnd(since) ? LONGEST_WAIT : Duration.ZERO);
        } finally {
            waiting.decrementAndGet();
        }
        pages.heardOf(page);
        send(exchange, 200, "application/json", PAGE_POLICY, LiveJson.of(view));
    }

    /** A page that has all it wants. */
    private void bye(HttpExchange exchange, String query) throws IOException {
        Matcher matcher = BYE.matcher(query);
        if (!matcher.matches()) {
            refuse(exchange, 400, "The query must be page=1f, but was \"" + query + "\".");
            return;
        }
        send(exchange, 200, "text/plain; charset=utf-8", PAGE_POLICY, new byte[0]);
        pages.goodbye(matcher.group(1));
    }

    private void report(HttpExchange exchange, Optional<Path> file) throws IOException {
        byte[] content = file.isPresent() ? read(file.get()) : null;
        if (content == null) {
            refuse(exchange, 404, "There is no such report, or not yet.");
        } else {
            send(exchange, 200, "text/html; charset=utf-8", REPORT_POLICY, content);
        }
    }

    private static byte @Nullable [] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return null; // it was there and is not any more: somebody cleans up
        }
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", PAGE_POLICY, why.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, String policy, byte[] content)
            throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        boolean empty = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : content.length);
        if (!empty) {
            exchange.getResponseBody().write(content);
        }
    }

    /** Waits until each page that was heard of lately has said that it has all it wants, or for so long. */
    void awaitPages(Duration limit) throws InterruptedException {
        pages.awaitNone(limit);
    }

    /** Within a second nothing of it is left. */
    @Override
    public void close() {
        executor.shutdownNow();
        server.stop(0);
        try {
            boolean ended = executor.awaitTermination(1, TimeUnit.SECONDS);
            if (!ended) {
                executor.shutdownNow(); // a browser that does not read: its connection is closed, and the thread a
                // daemon
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
