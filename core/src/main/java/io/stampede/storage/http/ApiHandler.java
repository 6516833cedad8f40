package io.stampede.storage.http;

import io.stampede.storage.ConversationStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Takes every request: checks what all have in common and hands it to whoever answers it. Thread-safe. */
final class ApiHandler extends Handler.Abstract.NonBlocking {

    private static final HttpField PROMETHEUS =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final ServerConfig config;
    private final ConversationStorage storage;
    private final Connections connections;
    private final HttpMeters meters;
    private final ReadThreads readThreads;
    private final PostHandler posts;
    private final ReadHandler reads;
    private final Health health;
    private final @Nullable ApiKey key;
    private final byte[] openApi = resource("openapi.json");

    ApiHandler(
            ServerConfig config,
            ConversationStorage storage,
            Connections connections,
            HttpMeters meters,
            ReadThreads readThreads,
            PostHandler posts,
            Health health) {
        this.config = config;
        this.storage = storage;
        this.connections = connections;
        this.meters = meters;
        this.readThreads = readThreads;
        this.posts = posts;
        this.reads = new ReadHandler(storage, readThreads);
        this.health = health;
        String secret = config.apiKey();
        this.key = secret == null ? null : new ApiKey(secret);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = String.valueOf(request.getHttpURI().getPath());
        Route.Match match = Route.match(path);
        Exchange exchange = new Exchange(match.route(), request, response, callback, connections, meters);
        try {
            check(request, match.route());
            if (match.route().allows(request.getMethod())) {
                serve(exchange, match);
            } else {
                exchange.refuse(
                        Problem.of(
                                405,
                                "This resource only supports " + match.route().allowed() + "."),
                        new HttpField(HttpHeader.ALLOW, match.route().allowed()));
            }
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
        }
        return true;
    }

    private void check(Request request, Route route) {
        if (String.valueOf(request.getHttpURI().getPathQuery()).length() > config.maxUriLength()) {
            throw new RefusedException(ProblemHandler.tooLongUri(config));
        }
        if (key != null) {
            if (!route.isOpen() && !key.isShownBy(request.getHeaders())) {
                throw new RefusedException(Problem.of(401, "Show the API key: Authorization: Bearer, or X-API-Key."));
            }
        } else if (!isLoopback(Request.getServerName(request))) {
            // A page from elsewhere whose name was made to point here: without a key, its name is all that gives it
            // away.
            throw new RefusedException(
                    new Problem(421, "Without an API key, only localhost may be asked for.", "Host", 0));
        }
        if (route == Route.UNKNOWN) {
            throw new RefusedException(Problem.of(404, "There is nothing at this path."));
        }
    }

    private void serve(Exchange exchange, Route.Match match) {
        if (match.route() == Route.POST_CONVERSATION) {
            posts.post(exchange);
            return;
        }
        QueryParameters query = QueryParameters.parse(
                exchange.request().getHttpURI().getQuery(), match.route().parameters());
        String segment = Objects.requireNonNullElse(match.segment(), "");
        switch (match.route()) {
            case GET_CONVERSATION -> reads.conversation(exchange, segment);
            case USER_CONVERSATIONS -> reads.ofUser(exchange, segment, query);
            case SIMILAR -> reads.similar(exchange, query);
            case STATS -> exchange.answer(200, Exchange.JSON, ResponseBodies.stats(storage.stats()));
            case METRICS -> readThreads.run(exchange, () -> exchange.answer(200, PROMETHEUS, meters.text()));
            case LIVE -> health.live(exchange);
            case READY -> health.ready(exchange);
            case OPENAPI -> exchange.answer(200, Exchange.JSON, openApi);
            default -> throw new IllegalStateException("No answer for " + match.route());
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.equals("[0:0:0:0:0:0:0:1]")
                || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(ApiHandler.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
