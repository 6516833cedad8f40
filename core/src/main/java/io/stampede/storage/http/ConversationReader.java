package io.stampede.storage.http;

import io.stampede.internal.storage.text.JsonTokens;
import io.stampede.internal.storage.text.ShownText;
import io.stampede.internal.storage.text.TextRule;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * A conversation from the body of a request: one pass, no tree. Refuses what it does not know, what comes twice, and what
 * is not UTF-8, rather than to store something else than was meant. For one body.
 */
final class ConversationReader {

    static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(TextRule.TRANSCRIPT.maxLength())
                    .maxNameLength(TextRule.METADATA.maxLength())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final byte[] body;
    private @Nullable String field;
    private @Nullable UUID id;
    private @Nullable String userId;
    private @Nullable String channel;
    private @Nullable String transcript;
    private String summary = "";
    private String metadata = "{}";

    private ConversationReader(byte[] body) {
        this.body = body;
    }

    /**
     * The conversation that the body describes.
     *
     * @throws RefusedException with a 400 that names the field where there is one
     */
    static Conversation read(byte[] body) {
        return new ConversationReader(body).read();
    }

    private Conversation read() {
        checkUtf8();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            readObject(parser);
        } catch (StreamConstraintsException e) {
            throw refused("has more than " + MAX_DEPTH + " levels, or a text or number that is too long");
        } catch (UnexpectedEndOfInputException e) {
            throw refused("ends too early");
        } catch (JacksonException e) {
            throw refused(whatIsWrong(e));
        }
        return conversation();
    }

    private void readObject(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw refused("is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            throw refused("must be one JSON object");
        }
        while (nextIsName(parser)) {
            String name = parser.currentName();
            field = ShownText.plain(name);
            parser.nextToken();
            switch (name) {
                case "id" -> id = IdParser.parse(text(parser));
                case "userId" -> userId = text(parser);
                case "channel" -> channel = text(parser);
                case "transcript" -> transcript = text(parser);
                case "summary" -> summary = text(parser);
                case "metadata" -> metadata = object(parser);
                default -> throw refused("is not known. Known are id, userId, channel, transcript, summary, metadata");
            }
            field = null;
        }
        if (parser.nextToken() != null) {
            throw refused("has something after its JSON object");
        }
    }

    private boolean nextIsName(JsonParser parser) {
        try {
            return parser.nextToken() == JsonToken.PROPERTY_NAME;
        } catch (StreamReadException e) {
            if (isDuplicate(e)) {
                field = ShownText.plain(String.valueOf(parser.currentName()));
            }
            throw e;
        }
    }

    // The model's constructors refuse what is missing; that is the one place where the rules stand.
    private Conversation conversation() {
        String user = RequestText.required("userId", userId, TextRule.USER_ID);
        String where = RequestText.required("channel", channel, TextRule.CHANNEL);
        String said = RequestText.required("transcript", transcript, TextRule.TRANSCRIPT);
        field = "summary";
        try {
            TextRule.SUMMARY.checkBlankAllowed(summary);
            field = "metadata";
            return new Conversation(id, user, new Channel(where), said, summary, metadata);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Problem.badField(String.valueOf(field), String.valueOf(e.getMessage())));
        }
    }

    private String text(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw refused("must be a string, but was " + kind(parser));
        }
        return parser.getString();
    }

    /** The object's own text: what is stored is what was sent. */
    private String object(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused("must be an object, but was " + kind(parser));
        }
        int begin = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        JsonTokens.inside(parser, token -> {
            // The parser is lazy: only now does it find a text or number too long or badly escaped.
            int unused = parser.getStringLength();
        });
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return new String(body, begin, end - begin, StandardCharsets.UTF_8);
    }

    private void checkUtf8() {
        boolean ascii = true;
        for (byte one : body) {
            // Jackson would take a NUL for a sign of UTF-16, and no JSON has one.
            if (one == 0) {
                throw refused("has a NUL byte");
            }
            ascii &= one > 0;
        }
        if (ascii) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw refused("is not valid UTF-8");
        }
        if (body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf) {
            throw refused("starts with a byte order mark, which JSON must not");
        }
    }

    /** In our words: those of the parser name its classes and settings. */
    private static String whatIsWrong(JacksonException e) {
        if (isDuplicate(e)) {
            return "is given twice, or has a property twice";
        }
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return "is not valid JSON" + where;
    }

    private static boolean isDuplicate(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
    }

    private RefusedException refused(String why) {
        String name = field;
        return new RefusedException(
                name == null
                        ? Problem.of(400, "The body " + why + ".")
                        : Problem.badField(name, name + " " + why + "."));
    }

    private static String kind(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            default -> "an object";
        };
    }
}
