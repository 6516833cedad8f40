package io.stampede.storage.http;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is to ask for. */
enum Route {
    POST_CONVERSATION("POST", "/api/conversations"),
    GET_CONVERSATION("GET", "/api/conversations/{id}"),
    SIMILAR("GET", "/api/conversations/similar"),
    USER_CONVERSATIONS("GET", "/api/users/{userId}/conversations"),
    STATS("GET", "/api/stats"),
    METRICS("GET", "/metrics"),
    LIVE("GET", "/health/live"),
    READY("GET", "/health/ready"),
    OPENAPI("GET", "/openapi.json"),
    /** No such path. */
    UNKNOWN("", "unknown"),
    /** So broken that it has no path. */
    MALFORMED("", "malformed");

    private static final String ONE_CONVERSATION = "/api/conversations/";
    private static final String ONE_USER = "/api/users/";
    private static final String OF_USER = "/conversations";

    private static final Map<String, Route> FIXED = Stream.of(values())
            .filter(route -> route.path.startsWith("/") && !route.path.contains("{"))
            .collect(Collectors.toUnmodifiableMap(route -> route.path, Function.identity()));

    private final String method;
    private final String path;

    Route(String method, String path) {
        this.method = method;
        this.path = path;
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

    /** What its query may have. */
    Set<String> parameters() {
        return switch (this) {
            case SIMILAR -> Set.of("userId", "q", "limit");
            case USER_CONVERSATIONS -> Set.of("page", "size");
            default -> Set.of();
        };
    }

    /** Health is asked for by those who have no key. */
    boolean isOpen() {
        return this == LIVE || this == READY;
    }

    boolean allows(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
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
