package io.stampede.examples.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.junit.ProvesReadiness;
import io.stampede.junit.storage.Environment;
import io.stampede.junit.storage.StorageOptimizerTest;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.http.ServerConfig;
import io.stampede.storage.http.StorageServer;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.CloseReport;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Receipt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Evidence for the readiness checklist: what no load test can show. */
@StorageOptimizerTest(environment = Environment.EMBEDDED)
class StorageReadinessTests {

    private static final Path MONITORING =
            Path.of("../docs/monitoring").toAbsolutePath().normalize();
    private static final Pattern METRIC = Pattern.compile("\\bstampede_[a-z_]+");

    @Test
    @ProvesReadiness("monitoring")
    void everyMetricOfTheDashboardIsThere(ConversationStorage storage) throws Exception {
        storage.queue(conversation("Where is my teapot?"));
        assertThat(storage.awaitIdle(Duration.ofSeconds(60))).isTrue();

        String metrics = metrics(storage);

        assertThat(names(Files.readString(MONITORING.resolve("stampede-dashboard.json"))))
                .hasSizeGreaterThan(5)
                .isSubsetOf(names(metrics));
        assertThat(metrics).contains("stampede_storage_stored_total 1.0");
    }

    @Test
    @ProvesReadiness("alerting")
    void everyAlertSpeaksOfMetricsThatAreThere(ConversationStorage storage) throws Exception {
        List<String> alerts = List.of(Files.readString(MONITORING.resolve("stampede-alerts.yml"))
                .replaceAll("(?m)^ *#.*$", "")
                .split("(?m)^ *- alert: "));
        storage.queue(conversation("Where is my teapot?"));
        assertThat(storage.awaitIdle(Duration.ofSeconds(60))).isTrue();

        Set<String> there = names(metrics(storage));

        assertThat(alerts).hasSizeGreaterThan(1);
        assertThat(alerts.subList(1, alerts.size())).allSatisfy(alert -> {
            assertThat(alert).contains("expr:", "for:", "severity:", "runbook:");
            assertThat(names(alert)).isNotEmpty().isSubsetOf(there);
        });
    }

    @Test
    @ProvesReadiness("graceful shutdown")
    void closingStoresAllThatWasTaken(ConversationStorage storage) throws Exception {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            receipts.add(storage.queue(conversation("Order " + i + " has not arrived.")));
        }

        CloseReport report = storage.close(Duration.ofSeconds(60));

        assertThat(report.notStored()).isEmpty();
        assertThatThrownBy(() -> storage.queue(conversation("Too late.")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The storage is closed. Open another one.");
        try (ConversationStorage next = ConversationStorage.open(storage.config())) {
            assertThat(receipts)
                    .allSatisfy(receipt -> assertThat(next.find(receipt.id())).isPresent());
        }
    }

    private static Conversation conversation(String said) {
        return Conversation.of("ann", Channel.WEB, said);
    }

    private static String metrics(ConversationStorage storage) throws IOException, InterruptedException {
        try (StorageServer server =
                StorageServer.start(ServerConfig.builder().port(0).build(), storage)) {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.uri().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static Set<String> names(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
