package io.stampede.junit.storage;

import com.github.dockerjava.api.exception.DockerException;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a failed call to Docker says to the reader: the engine's own words, if it said any. */
final class EngineMessage {
    private static final int LONGEST = 160;

    private EngineMessage() {}

    /** One line of at most 160 characters, without a full stop. */
    static String of(Throwable failure) {
        Throwable root = failure;
        while (!(root instanceof DockerException)
                && !(root instanceof TimeoutException)
                && root.getCause() != null
                && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String line = (root instanceof DockerException ? said(message) : message)
                .lines()
                .findFirst()
                .orElse("")
                .strip()
                .replaceFirst("\\.$", "");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    /** From {@code Status 500: {"message": ".."}} what stands in the body. */
    private static String said(String message) {
        String body = message.replaceFirst("^Status \\d+: ", "");
        try {
            return JsonMapper.shared().readTree(body).path("message").asString(body);
        } catch (JacksonException e) {
            return body;
        }
    }
}
