package io.stampede.storage.http;

import io.stampede.storage.ConversationStorage;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.QueueFullException;
import io.stampede.storage.model.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Takes conversations in: {@code POST /api/conversations}. Never blocks. Thread-safe. */
final class PostHandler {

    private static final HttpField WAITED = new PreEncodedHttpField("Preference-Applied", "wait");
    // Possessive throughout: what a caller sends must not make them try one way after the other.
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*+wait\\s*+(?:=\\s*+\"?([0-9]{1,9}+)\"?\\s*+)?+(?:[,;]|$)");
    private static final Pattern JSON =
            Pattern.compile("(?i)application/json\\s*+(?:;\\s*+charset\\s*+=\\s*+(?:utf-8|\"utf-8\")\\s*+)?+;?\\s*+");

    private final ConversationStorage storage;
    private final ServerConfig config;
    private volatile boolean stopping;

    PostHandler(ConversationStorage storage, ServerConfig config) {
        this.storage = storage;
        this.config = config;
    }

    /** Refuses from now on. */
    void stopTaking() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Answers as soon as the body is there, or, where the caller prefers to wait, as soon as it is stored. */
    void post(Exchange exchange) {
        if (stopping) {
            exchange.refuse(Problem.stopping(), Exchange.closing());
            return;
        }
        checkHeaders(exchange.request().getHeaders(), exchange.request().getLength());
        new RequestBody(
                        exchange,
                        config.maxBodyBytes(),
                        config.requestTimeout().toMillis(),
                        bytes -> take(exchange, bytes))
                .run();
    }

    private void checkHeaders(HttpFields headers, long length) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (type == null || !isJson(type)) {
            throw new RefusedException(
                    new Problem(415, "The body must be application/json in UTF-8.", "Content-Type", 0));
        }
        String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RefusedException(
                    new Problem(415, "The body must not be compressed or otherwise encoded.", "Content-Encoding", 0));
        }
        if (length > config.maxBodyBytes()) {
            throw new RefusedException(RequestBody.tooLarge(config.maxBodyBytes()));
        }
    }

    private static boolean isJson(String type) {
        // Nearly everybody writes it so, and a comparison is cheaper than a match.
        return type.equals("application/json") || JSON.matcher(type).matches();
    }

    private void take(Exchange exchange, byte[] body) {
        Conversation conversation = ConversationReader.read(body);
        Receipt receipt;
        try {
            receipt = storage.queue(conversation);
        } catch (QueueFullException e) {
            exchange.refuse(
                    Problem.later(429, "The queue is full: " + e.capacity() + " conversations wait to be stored.", 1));
            return;
        } catch (IllegalStateException e) {
            // The storage was closed before the service.
            exchange.refuse(Problem.stopping(), Exchange.closing());
            return;
        }
        OptionalLong wait = waitMillis(exchange.request().getHeaders(), config.requestTimeout());
        if (wait.isEmpty()) {
            exchange.answer(202, Exchange.JSON, accepted(receipt.id()), location(receipt.id()));
        } else {
            answerWhenStored(exchange, receipt, wait.getAsLong());
        }
    }

    private static void answerWhenStored(Exchange exchange, Receipt receipt, long waitMillis) {
        Components components = exchange.request().getComponents();
        Executor executor = components.getExecutor();
        Scheduler.Task timeout = components
                .getScheduler()
                .schedule(
                        () -> exchange.answer(
                                202, Exchange.JSON, notYet(receipt.id(), waitMillis), location(receipt.id())),
                        waitMillis,
                        TimeUnit.MILLISECONDS);
        // Off the storage's thread for receipts, which all others wait for.
        receipt.stored()
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            timeout.cancel();
                            answerStored(exchange, receipt.id(), failure);
                        },
                        executor);
    }

    private static void answerStored(Exchange exchange, UUID id, @Nullable Throwable failure) {
        if (failure == null) {
            exchange.answer(201, Exchange.JSON, accepted(id), location(id), WAITED);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NotStoredException) {
            exchange.refuse(Problem.later(
                    503, "The conversation could not be stored. With its id it may be sent again: " + id + ".", 5));
        } else {
            exchange.fail(cause);
        }
    }

    /** How long the caller prefers to wait, at most as long as a request may take; empty where it does not say. */
    static OptionalLong waitMillis(HttpFields headers, Duration most) {
        if (!headers.contains("Prefer")) {
            return OptionalLong.empty();
        }
        Matcher wait =
                WAIT.matcher(String.join(",", headers.getValuesList("Prefer")).toLowerCase(Locale.ROOT));
        if (!wait.find()) {
            return OptionalLong.empty();
        }
        long asked = wait.group(1) == null ? Long.MAX_VALUE : Long.parseLong(wait.group(1)) * 1000;
        return OptionalLong.of(Math.min(asked, most.toMillis()));
    }

    private static byte[] accepted(UUID id) {
        return ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] notYet(UUID id, long waitedMillis) {
        return ("{\"id\":\"" + id + "\",\"note\":\"Accepted, and not stored within the " + waitedMillis
                        + " ms that were waited.\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static HttpField location(UUID id) {
        return new HttpField(HttpHeader.LOCATION, "/api/conversations/" + id);
    }
}
