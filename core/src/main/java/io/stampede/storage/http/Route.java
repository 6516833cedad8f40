package io.stampede.storage.http;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is to ask for: the method, the path, and which parameters its query may have. */
enum Route {
    POST_CONVERSATION("POST", "/api/conversations", Set.of()),
    GET_CONVERSATION("GET", "/api/conversations/{id}", Set.of()),
    SIMILAR("GET", "/api/conversations/similar", Set.of("userId", "q", "limit")),
    USER_CONVERSATIONS("GET", "/api/users/{userId}/conversations", Set.of("page", "size")),
    STATS("GET", "/api/stats", Set.of()),
    METRICS("GET", "/metrics", Set.of()),
    LIVE("GET", "/health/live", Set.of()),
    READY("GET", "/health/ready", Set.of()),
    OPENAPI("GET", "/openapi.json", Set.of()),
    /** No such path. */
    UNKNOWN("", "unknown", Set.of()),
    /** So broken that it has no path. */
    MALFORMED("", "malformed", Set.of());

    private static final String ONE_CONVERSATION = "/api/conversations/";
    private static final String ONE_USER = "/api/users/";
    private static final String OF_USER = "/conversations";

    private static final Map<String, Route> FIXED = Stream.of(values())
            .filter(route -> route.path.startsWith("/") && !route.path.contains("{"))
            .collect(Collectors.toUnmodifiableMap(route -> route.path, Function.identity()));

    private final String method;
    private final String path;
    private final Set<String> parameters;

    Route(String method, String path, Set<String> parameters) {
        this.method = method;
        this.path = path;
        this.parameters = parameters;
    }

    /** A route, and what stood where its path has braces, still encoded. */
    record Match(Route route, @Nullable String segment) {}

    /** What a path, as it came over the line, asks for. */
    static Match match(String path) {
        Route fixed = FIXED.get(path);
        if (fixed != null) {
            return new Match(fixed, null);
        }
        String id = between(path, ONE_CONVERSATION, "");
        if (id != null) {
            return new Match(GET_CONVERSATION, id);
        }
        String user = between(path, ONE_USER, OF_USER);
        return user == null ? new Match(UNKNOWN, null) : new Match(USER_CONVERSATIONS, user);
    }

    /** The path as the OpenAPI document and the metrics name it. */
    String path() {
        return path;
    }

    Set<String> parameters() {
        return parameters;
    }

    /** Health is asked for by those who have no key. */
    boolean isOpen() {
        return this == LIVE || this == READY;
    }

    boolean allows(String asked) {
        return method.equals(asked) || method.equals("GET") && asked.equals("HEAD");
    }

    /** For the Allow header. */
    String allowed() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    /** The one segment between the two, or null where there is none, or more. */
    private static @Nullable String between(String path, String before, String after) {
        int length = path.length() - before.length() - after.length();
        if (length < 1 || !path.startsWith(before) || !path.endsWith(after)) {
            return null;
        }
        String segment = path.substring(before.length(), before.length() + length);
        return segment.indexOf('/') < 0 ? segment : null;
    }
}
