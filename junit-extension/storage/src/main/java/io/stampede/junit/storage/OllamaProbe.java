package io.stampede.junit.storage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an Ollama what it is and what it has. */
final class OllamaProbe {
    static final String MODEL = "all-minilm";

    private OllamaProbe() {}

    static boolean hasModel(URI ollama) {
        for (JsonNode model : get(ollama, "/api/tags").path("models")) {
            String name = model.path("name").asString("");
            if (name.equals(MODEL) || name.startsWith(MODEL + ":")) {
                return true;
            }
        }
        return false;
    }

    static String version(URI ollama) {
        return get(ollama, "/api/version").path("version").asString("of unknown version");
    }

    private static JsonNode get(URI ollama, String path) {
        String failure;
        try {
            URI url = URI.create(ollama.toString().replaceFirst("/+$", "") + path);
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()
                    .send(
                            HttpRequest.newBuilder(url)
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return JsonMapper.shared().readTree(response.body());
            }
            failure = "status " + response.statusCode();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            failure = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "interrupted";
        }
        throw new IllegalStateException("Ollama at " + ollama + " did not answer " + path + ": " + failure
                + ". Start it, or correct stampede.ollama.url.");
    }
}
