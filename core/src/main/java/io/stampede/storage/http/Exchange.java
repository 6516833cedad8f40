package io.stampede.storage.http;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its one answer: whoever answers first has answered, later ones are told so. Any thread may answer; none
 * waits for the caller to take the answer.
 */
final class Exchange implements Callback {

    static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final HttpField PROBLEM =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");
    private static final HttpField BEARER = new PreEncodedHttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer");

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Connections connections;
    private final Connections.Activity activity;
    private final HttpMeters meters;
    private final Route route;
    private final AtomicBoolean answered = new AtomicBoolean();

    Exchange(
            Route route,
            Request request,
            Response response,
            Callback callback,
            Connections connections,
            HttpMeters meters) {
        this.route = route;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.connections = connections;
        this.meters = meters;
        this.activity = connections.begin(request);
    }

    Request request() {
        return request;
    }

    Route route() {
        return route;
    }

    /** Answers with these, where nobody has answered yet. */
    void answer(int status, HttpField type, byte[] body, HttpField... more) {
        if (answered.compareAndSet(false, true)) {
            response.getHeaders().add(type);
            send(status, body, more);
        }
    }

    /** Answers that it will not be done. */
    void refuse(Problem problem, HttpField... more) {
        if (answered.compareAndSet(false, true)) {
            addProblemHeaders(response.getHeaders(), problem);
            send(problem.status(), problem.json(), more);
        }
    }

    /** Answers that something of ours failed. The log has it; the caller gets its number. */
    void fail(Throwable cause) {
        if (cause instanceof RefusedException refused) {
            refuse(refused.problem());
            return;
        }
        UUID id = UUID.randomUUID();
        LOG.error("{} {} failed: {}", request.getMethod(), route.path(), id, cause);
        refuse(Problem.internal(id));
    }

    /** Gives up without an answer: the caller is gone. */
    void abandon(Throwable cause) {
        if (answered.compareAndSet(false, true)) {
            failed(cause);
        }
    }

    /** What every answer that is a problem says in its headers. */
    static void addProblemHeaders(HttpFields.Mutable headers, Problem problem) {
        headers.put(PROBLEM);
        if (problem.retryAfterSeconds() > 0) {
            headers.put(HttpHeader.RETRY_AFTER, problem.retryAfterSeconds());
        }
        switch (problem.status()) {
            case 401 -> headers.put(BEARER);
            // What is left of the body is not worth reading.
            case 408, 413 -> headers.put(CLOSE);
            default -> {}
        }
    }

    /** Sends an answer whose type is set, with what every answer has in its headers. */
    static void write(Response response, int status, byte[] body, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.add(NO_SNIFFING);
        headers.add(NO_STORE);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.setStatus(status);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    static HttpField closing() {
        return CLOSE;
    }

    private void send(int status, byte[] body, HttpField... more) {
        for (HttpField field : more) {
            response.getHeaders().put(field);
        }
        meters.answered(route, request.getMethod(), status, System.nanoTime() - request.getBeginNanoTime());
        write(response, status, body, this);
    }

    @Override
    public void succeeded() {
        connections.end(activity);
        callback.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
        connections.end(activity);
        callback.failed(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
