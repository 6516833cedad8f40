package io.stampede.storage.http;

import io.stampede.internal.storage.text.ShownText;
import java.util.UUID;

/** Reads ids. */
final class IdParser {

    private IdParser() {}

    /**
     * The id in its usual form; the JDK would also take shorter ones.
     *
     * @throws RefusedException with a 400 that names the field
     */
    static UUID parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as of the short ones.
        }
        throw new RefusedException(Problem.badField(
                "id",
                "id must be a UUID such as 123e4567-e89b-12d3-a456-426614174000, but was \"" + ShownText.plain(text)
                        + "\"."));
    }
}
