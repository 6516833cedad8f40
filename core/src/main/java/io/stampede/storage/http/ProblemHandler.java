package io.stampede.storage.http;

import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers where the server library refuses a request before it reaches us, without repeating what that says of itself. */
final class ProblemHandler implements Request.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final ServerConfig config;
    private final HttpMeters meters;

    ProblemHandler(ServerConfig config, HttpMeters meters) {
        this.config = config;
        this.meters = meters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer known ? known : 500;
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        Problem problem = problem(status, cause instanceof Throwable failure ? failure : null);
        Exchange.addProblemHeaders(response.getHeaders(), problem);
        meters.answered(
                Route.MALFORMED, request.getMethod(), problem.status(), System.nanoTime() - request.getBeginNanoTime());
        Exchange.write(response, problem.status(), problem.json(), callback);
        return true;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private Problem problem(int status, @Nullable Throwable cause) {
        if (status >= 500 && !(cause instanceof HttpException)) {
            UUID id = UUID.randomUUID();
            LOG.error("A request failed in the server library with status {}: {}", status, id, cause);
            return Problem.internal(id);
        }
        return switch (status) {
            case HttpStatus.REQUEST_TIMEOUT_408 -> Problem.of(status, "The request did not come in time.");
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> RequestBody.tooLarge(config.maxBodyBytes());
            case HttpStatus.URI_TOO_LONG_414 -> tooLongUri(config);
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                Problem.of(
                        status, "The request line and headers may have at most " + config.maxHeaderBytes() + " bytes.");
            case HttpStatus.UPGRADE_REQUIRED_426 -> Problem.of(status, "Speak HTTP/1.1.");
            // Also what the library calls 501 or 505: the request is what is wrong.
            default -> Problem.of(400, "This is not a valid HTTP/1.1 request.");
        };
    }

    static Problem tooLongUri(ServerConfig config) {
        return Problem.of(
                HttpStatus.URI_TOO_LONG_414,
                "The path and query may have at most " + config.maxUriLength() + " characters.");
    }
}
