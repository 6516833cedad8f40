package io.stampede.storage.http;

import java.util.UUID;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered as was hoped, as RFC 9457 has it.
 *
 * @param status 400 to 599
 * @param detail for the caller: says nothing of this process that the caller may not know
 * @param field what of the request is wrong, or null
 * @param retryAfterSeconds when to come again, or 0 where that would not help
 */
record Problem(int status, String detail, @Nullable String field, int retryAfterSeconds) {

    static Problem of(int status, String detail) {
        return new Problem(status, detail, null, 0);
    }

    static Problem badField(String field, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST_400, detail, field, 0);
    }

    static Problem later(int status, String detail, int seconds) {
        return new Problem(status, detail, null, seconds);
    }

    /** Something of ours failed: the caller gets the id alone, under which the log has the rest. */
    static Problem internal(UUID id) {
        return of(HttpStatus.INTERNAL_SERVER_ERROR_500, "Something went wrong here. The log has it under " + id + ".");
    }

    static Problem stopping() {
        return later(HttpStatus.SERVICE_UNAVAILABLE_503, "The service is stopping.", 5);
    }

    byte[] json() {
        return Json.write(out -> {
            out.writeStringProperty("type", "about:blank");
            out.writeStringProperty("title", HttpStatus.getMessage(status));
            out.writeNumberProperty("status", status);
            out.writeStringProperty("detail", detail);
            if (field != null) {
                out.writeStringProperty("field", field);
            }
        });
    }
}
