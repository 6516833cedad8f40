package io.stampede.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.storage.ConversationStorage;
import io.stampede.storage.FakeOllama;
import io.stampede.storage.StorageConfig;
import io.stampede.storage.TestDatabase;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrometheusMetricsTests {

    private static FakeOllama ollama;
    private static ConversationStorage storage;
    private static StorageServer server;
    private static String text;

    @BeforeAll
    static void storeThree() throws Exception {
        ollama = new FakeOllama();
        storage = ConversationStorage.open(StorageConfig.builder()
                .jdbcUrl(TestDatabase.create())
                .username("postgres")
                .ollamaUrl(ollama.url())
                .build());
        server = StorageServer.start(ServerConfig.builder().port(0).build(), storage);
        for (String said : List.of("Hello", "Hello?", "Is anybody there?")) {
            storage.queue(Conversation.of("ann", Channel.WEB, said));
        }
        assertThat(storage.awaitIdle(Duration.ofSeconds(60))).isTrue();
        text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri().resolve("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @AfterAll
    static void close() {
        server.close();
        storage.close();
        ollama.close();
    }

    @Test
    void countsEndInTotal() {
        assertThat(value("stampede_storage_accepted_total")).isEqualTo(3);
        assertThat(value("stampede_storage_stored_total")).isEqualTo(3);
        assertThat(value("stampede_storage_completed_total")).isEqualTo(3);
        assertThat(value("stampede_storage_rejected_total")).isZero();
        assertThat(value("stampede_storage_failed_total{stage=\"store\"}")).isZero();
        assertThat(value("stampede_storage_failed_total{stage=\"embed\"}")).isZero();
        assertThat(value("stampede_storage_cache_gets_total{result=\"miss\"}")).isEqualTo(3);
        assertThat(value("stampede_storage_cache_gets_total{result=\"hit\"}")).isZero();
    }

    @Test
    void gaugesTellWhatIsThereNow() {
        assertThat(value("stampede_storage_queue_size")).isZero();
        assertThat(value("stampede_storage_queue_capacity")).isEqualTo(10_000);
        assertThat(value("stampede_storage_in_flight")).isZero();
        assertThat(value("stampede_storage_embedding_backlog")).isZero();
        assertThat(value("stampede_storage_breaker_open")).isZero();
        assertThat(value("stampede_storage_pool_active")).isBetween(0.0, 10.0);
        assertThat(value("stampede_storage_pool_size")).isEqualTo(10);
        assertThat(value("stampede_http_ready")).isEqualTo(1);
        assertThat(value("stampede_storage_batch_size")).isPositive();
    }

    @Test
    void timesAreInSeconds() {
        assertThat(value("stampede_storage_uptime_seconds")).isBetween(0.001, 120.0);
        assertThat(value("stampede_storage_batch_delay_seconds")).isBetween(0.0, 60.0);
        assertThat(value("stampede_storage_store_time_seconds_sum")).isBetween(0.0001, 120.0);
    }

    @Test
    void theTimesOfEachStageAreAHistogram() {
        for (String stage : List.of("queue", "store", "embed")) {
            String name = "stampede_storage_" + stage + "_time_seconds";
            assertThat(text).contains("# TYPE " + name + " histogram");
            assertThat(text).containsPattern(name + "_bucket\\{le=\"0\\.02\"} \\d");
            assertThat(value(name + "_bucket{le=\"1.0E-6\"}")).isLessThanOrEqualTo(3);
            assertThat(value(name + "_bucket{le=\"500.0\"}")).isEqualTo(3);
            assertThat(value(name + "_bucket{le=\"+Inf\"}")).isEqualTo(3);
            assertThat(value(name + "_count")).isEqualTo(3);
        }
    }

    @Test
    void everyFigureTellsWhatItIs() {
        List<String> names = Pattern.compile("(?m)^# TYPE (\\S+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(names)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(text).containsPattern("(?m)^# HELP " + name + " \\S"));
    }

    @Test
    void theProcessTellsOfItself() {
        assertThat(value("process_start_time_seconds")).isPositive();
        assertThat(text)
                .contains("jvm_memory_used_bytes{area=\"heap\"", "process_cpu_usage ", "jvm_threads_live_threads ");
    }

    @Test
    void alertsAskForFiguresThatAreThere() throws IOException {
        assertThat(asked(Files.readString(Path.of("../docs/monitoring/stampede-alerts.yml"))))
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(text).containsPattern("(?m)^" + name + "[ {]"));
    }

    @Test
    void everyPanelAsksForFiguresThatAreThere() throws IOException {
        for (JsonNode panel : panels()) {
            assertThat(panel.path("targets")).as(panel.path("title").asString()).isNotEmpty();
            for (JsonNode target : panel.path("targets")) {
                String query = target.path("expr").asString();
                assertThat(asked(query))
                        .as(query)
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(text).containsPattern("(?m)^" + name + "[ {]"));
                assertThat(query).contains("job=~\"$job\", instance=~\"$instance\"");
            }
        }
    }

    @Test
    void theDashboardShowsEveryFigureOfTheStorage() throws IOException {
        Set<String> shown = new TreeSet<>();
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> shown.addAll(asked(target.path("expr").asString()))));

        Set<String> offered = new TreeSet<>();
        Pattern.compile("(?m)^# TYPE (stampede_storage_\\S+) (\\S+)")
                .matcher(text)
                .results()
                .forEach(found ->
                        offered.add(found.group(2).equals("histogram") ? found.group(1) + "_bucket" : found.group(1)));

        assertThat(shown).containsAll(offered);
    }

    @Test
    void everyPanelSaysWhatItShowsAndInWhichUnit() throws IOException {
        List<JsonNode> panels = panels();

        assertThat(panels).hasSizeGreaterThan(15).allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asString()).isNotBlank();
            assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
        });
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
    }

    @Test
    void theDashboardTakesAnyDataSource() throws IOException {
        JsonNode dashboard = dashboard();

        assertThat(dashboard.path("schemaVersion").asInt())
                .isGreaterThanOrEqualTo(36); // what Grafana 10 reads as it is
        assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
        assertThat(dashboard.at("/templating/list/0/name").asString()).isEqualTo("datasource");
    }

    /** The names of figures in queries. */
    private static Set<String> asked(String queries) {
        return Pattern.compile("\\b(stampede|jvm|process)_\\w+")
                .matcher(queries)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> panels() throws IOException {
        return dashboard()
                .path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    private static JsonNode dashboard() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of("../docs/monitoring/stampede-dashboard.json")));
    }

    private static double value(String series) {
        Matcher matcher =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(text);
        assertThat(matcher.find()).as(series).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
