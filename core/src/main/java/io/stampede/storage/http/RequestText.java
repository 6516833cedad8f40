package io.stampede.storage.http;

import io.stampede.internal.storage.text.TextRule;
import org.jspecify.annotations.Nullable;

/** Texts that a request has to have. */
final class RequestText {

    private RequestText() {}

    /**
     * The text itself, where it is there and keeps the rule.
     *
     * @throws RefusedException with a 400 that names the field
     */
    static String required(String field, @Nullable String text, TextRule rule) {
        if (text == null) {
            throw new RefusedException(Problem.badField(field, field + " is missing"));
        }
        try {
            return rule.check(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Problem.badField(field, String.valueOf(e.getMessage())));
        }
    }
}
