package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The service's own description, and whether an answer is as it says. Remembers which answers it has seen. */
final class OpenApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

    private final JsonNode document;
    private final Set<String> seen = new TreeSet<>();

    OpenApi() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.json"))) {
            this.document = JSON.readTree(in);
        }
    }

    /** Every answer that the document promises, such as {@code "post /api/conversations 202"}. */
    Set<String> promised() {
        Set<String> all = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                for (String status : operation.getValue().get("responses").propertyNames()) {
                    all.add(operation.getKey() + " " + path.getKey() + " " + status);
                }
            }
        }
        return all;
    }

    Set<String> seen() {
        return seen;
    }

    /** Fails where the answer is not what the document says of this operation and status. */
    void check(String method, String path, RawHttp.Answer answer) {
        JsonNode operation = document.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
        String status = Integer.toString(answer.status());
        if (!operation.get("responses").has(status)) {
            assertThat(answer.status()).as("%s %s: %s", method, path, answer).isGreaterThanOrEqualTo(400);
            status = "default";
        }
        JsonNode response = resolved(operation.get("responses").get(status));
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            if (header.getValue().get("required").asBoolean()) {
                assertThat(answer.header(header.getKey()))
                        .as("%s of %s", header.getKey(), answer)
                        .isNotEmpty();
            }
        }
        String type = String.valueOf(answer.header("Content-Type")).split(";", 2)[0];
        JsonNode content = response.get("content").get(type);
        assertThat(content).as("Content-Type %s of %s", type, answer).isNotNull();
        if (type.endsWith("json")) {
            JsonNode body = JSON.readTree(answer.body());
            assertThat(schema(content.get("schema")).validate(body))
                    .as("%s %s: %s", method, path, answer)
                    .isEmpty();
            if (answer.status() >= 400) {
                assertThat(body.get("status").asInt()).isEqualTo(answer.status());
            }
        }
        seen.add(method.toLowerCase(Locale.ROOT) + " " + path + " " + status);
    }

    /** Whether the document says that this body may be sent. */
    boolean allowsBody(String body) {
        ObjectNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/NewConversation");
        return schema(schema).validate(JSON.readTree(body)).isEmpty();
    }

    private Schema schema(JsonNode node) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(node);
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }
}
