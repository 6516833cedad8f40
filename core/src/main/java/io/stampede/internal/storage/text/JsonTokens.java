package io.stampede.internal.storage.text;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Goes through JSON without building a tree of it. */
public final class JsonTokens {

    private JsonTokens() {}

    /**
     * Goes from the start of an object or array, where the parser stands, to its end.
     *
     * @param each takes each token in it, but for starts and ends of objects and arrays
     * @throws tools.jackson.core.JacksonException where it is not valid, or ends too early
     */
    public static void inside(JsonParser parser, Consumer<JsonToken> each) {
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                each.accept(token);
            }
        }
    }
}
