package io.stampede.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What asks Ollama for embeddings and does nothing with them: as fast as can be. */
final class PlainClient {

    private final URI embed;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PlainClient(URI ollama) {
        this.embed = URI.create(ollama + "/api/embed");
    }

    /** @param texts without characters that JSON escapes */
    double perSecond(List<String> texts, int batch, int threads) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += batch) {
            bodies.add("{\"model\":\"all-minilm\",\"input\":[\""
                    + String.join("\",\"", texts.subList(i, Math.min(texts.size(), i + batch))) + "\"]}");
        }
        AtomicInteger next = new AtomicInteger();
        Callable<Boolean> client = () -> {
            for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                ask(bodies.get(i));
            }
            return true;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Callable<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                clients.add(client);
            }
            for (Future<Boolean> ended : pool.invokeAll(clients)) {
                ended.get();
            }
            return texts.size() / ((System.nanoTime() - begin) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private void ask(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(embed)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("Ollama answered with status " + answer.statusCode());
        }
    }
}
