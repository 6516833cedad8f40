package io.stampede.storage.http;

import io.stampede.internal.storage.text.TextRule;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.model.Page;
import io.stampede.storage.model.SimilarConversation;
import io.stampede.storage.model.StorageUnavailableException;
import io.stampede.storage.model.StoredConversation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;

/** Answers from what is stored. Waits for Postgres and Ollama, so everything here runs on the read threads. Thread-safe. */
final class ReadHandler {

    static final int MAX_PAGE = 1_000_000;
    static final int MAX_SIZE = 100;

    private static final List<HttpField> NONE = List.of();

    private final ConversationStorage storage;
    private final ReadThreads readThreads;

    ReadHandler(ConversationStorage storage, ReadThreads readThreads) {
        this.storage = storage;
        this.readThreads = readThreads;
    }

    void conversation(Exchange exchange, String segment) {
        UUID id = IdParser.parse(segment);
        answer(exchange, () -> {
            StoredConversation found = asked(() -> storage.find(id))
                    .orElseThrow(() -> new RefusedException(
                            Problem.of(404, "No conversation with the id " + id + " is stored (yet).")));
            return new Answer(ResponseBodies.conversation(found), NONE);
        });
    }

    void ofUser(Exchange exchange, String segment, QueryParameters query) {
        String userId =
                RequestText.required("userId", QueryParameters.decode("userId", segment, false), TextRule.USER_ID);
        Page page = new Page(query.number("page", 0, 0, MAX_PAGE), query.number("size", 20, 1, MAX_SIZE));
        answer(exchange, () -> {
            List<StoredConversation> found = asked(() -> storage.findByUser(userId, page));
            if (found.size() < page.size() || page.number() == MAX_PAGE) {
                return new Answer(ResponseBodies.page(found, page, null), NONE);
            }
            String next = "/api/users/"
                    + URLEncoder.encode(userId, StandardCharsets.UTF_8).replace("+", "%20") + "/conversations?page="
                    + page.next().number() + "&size=" + page.size();
            HttpField link = new HttpField("Link", "<" + next + ">; rel=\"next\"");
            return new Answer(ResponseBodies.page(found, page, next), List.of(link));
        });
    }

    void similar(Exchange exchange, QueryParameters query) {
        String userId = RequestText.required("userId", query.required("userId"), TextRule.USER_ID);
        String text =
                RequestText.required("q", query.required("q"), new TextRule("q", TextRule.TRANSCRIPT.maxLength()));
        int limit = query.number("limit", 10, 1, MAX_SIZE);
        answer(exchange, () -> {
            List<SimilarConversation> found = asked(() -> storage.findSimilar(userId, text, limit));
            return new Answer(ResponseBodies.similar(found), NONE);
        });
    }

    private void answer(Exchange exchange, Callable<Answer> task) {
        readThreads.run(exchange, () -> {
            Answer answer = task.call();
            exchange.answer(200, Exchange.JSON, answer.body, answer.headers.toArray(HttpField[]::new));
        });
    }

    /** Asks the storage, and says in words for the caller what is away: the storage's own name addresses. */
    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (StorageUnavailableException e) {
            throw new RefusedException(
                    Problem.later(503, "The database or the embedding model does not answer just now.", 5));
        } catch (IllegalStateException e) {
            // The storage was closed before the service.
            throw new RefusedException(Problem.stopping());
        }
    }

    /** What to answer with status 200. */
    private static final class Answer {

        private final byte[] body;
        private final List<HttpField> headers;

        Answer(byte[] body, List<HttpField> headers) {
            this.body = body;
            this.headers = headers;
        }
    }
}
