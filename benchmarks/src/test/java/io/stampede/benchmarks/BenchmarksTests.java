package io.stampede.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each benchmark still runs, in miniature; its figures mean nothing then. */
class BenchmarksTests {

    private static final String FIGURE = "\\d[\\d,.]*( (ns|us|ms|s|x|%|kB|MB))?";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void letBuildsRunAtOnce() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void measuresThroughputAgainstTheLoopAndJUnitPerf() {
        run("throughput", "--duration", "50ms", "--operations", "1000", "--rounds", "1", "--warmup", "0");

        assertThat(row("hand-written loop")).hasSize(5).element(3).isEqualTo("1 x");
        assertThat(row("Stampede, 2 users")).element(0).asString().matches(FIGURE);
        assertThat(row("Stampede, burst, at most 2 in flight"))
                .element(0)
                .asString()
                .matches(FIGURE);
        assertThat(row("Stampede, burst |")).element(0).asString().matches(FIGURE);
        assertThat(row("Stampede, 10,000,000/s")).element(0).asString().matches(FIGURE);
        assertThat(row("JUnitPerf 1.37")).hasSize(5).element(4).isEqualTo("1 x");
    }

    @Test
    void measuresPacingFromTheStartAndLater() {
        run(
                "pacing",
                "--rates",
                "500",
                "--spins",
                "50us",
                "--duration",
                "400ms",
                "--settled",
                "100ms",
                "--rounds",
                "1");

        assertThat(row("Stampede, spin 50 us")).hasSize(8).allMatch(cell -> cell.matches(FIGURE));
        assertThat(row("Stampede, spin 50 us")).last().isEqualTo("100 %");
        assertThat(row("one parked thread, spin 50 us")).allMatch(cell -> cell.matches(FIGURE));
        assertThat(row("JUnitPerf 1.37")).allMatch(cell -> cell.matches(FIGURE));
    }

    @Test
    void comparesHeapAfterFewAndAfterManyOperations() {
        run("memory", "--few", "100", "--many", "1000");

        assertThat(rows("Stampede, burst"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).element(1).asString().matches(FIGURE));
        assertThat(rows("Stampede, burst")).element(1).asString().contains("1,000");
        assertThat(row("difference")).element(1).asString().matches("-?" + FIGURE);
    }

    @Test
    void givesUsersAsMuchTimeAsManyOperationsTake() {
        run("memory", "--workload", "users", "--few", "1000", "--many", "10000");

        assertThat(rows("Stampede, users"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).element(1).asString().matches(FIGURE));
    }

    @Test
    void measuresOperationsThatBlock() {
        run("blocked", "--operations", "20", "--rounds", "1");

        assertThat(row("Stampede, platform threads")).first().asString().matches(FIGURE);
        assertThat(row("Stampede, virtual threads"))
                .first()
                .asString()
                .matches(Runtime.version().feature() < 21 ? "needs JDK 21" : FIGURE);
        assertThat(row("a platform thread each")).first().asString().matches(FIGURE);
        assertThat(row("JUnitPerf 1.37")).first().asString().matches(FIGURE);
    }

    @Test
    void measuresWhatReportingCosts() {
        run("reports", "--tests", "1,2", "--rounds", "1", "--duration", "1200ms", "--pairs", "1", "--warmup", "0");

        assertThat(row("a build of one load test"))
                .hasSize(4)
                .element(0)
                .asString()
                .matches(FIGURE);
        assertThat(row("a build of 2 load tests")).element(3).asString().matches(FIGURE);
        for (String load : List.of("nothing", "1 ms")) {
            double alone = figure(row(load + ", no reports").get(0));
            assertThat(row(load + ", no reports")).element(3).isEqualTo("1.0000 x");
            assertThat(row(load + ", reports |")).element(0).asString().matches(FIGURE);
            List<String> watched = row(load + ", reports and live page, watched");
            assertThat(watched.get(3)).matches("\\d+\\.\\d{4} x");
            assertThat(figure(watched.get(3)))
                    .isCloseTo(figure(watched.get(0)) / alone, within(1e-4 + 0.01 * figure(watched.get(3))));
            assertThat(watched.get(5)).matches(FIGURE);
        }
    }

    @Test
    void measuresWaysToWrite() {
        run("writepath", "--rows", "200", "--batches", "10,60", "--rounds", "1", "--warmup", "0");

        assertThat(row("COPY of the conversations alone")).first().asString().matches(FIGURE);
        for (String way :
                List.of("COPY, binary |", "COPY, text", "insert with unnest", "JDBC batch", "what the storage")) {
            assertThat(row(way).subList(1, 3)).allMatch(cell -> cell.matches(FIGURE));
        }
    }

    @Test
    void measuresStoringAgainstCopy() {
        run("store", "--rows", "300", "--rounds", "1", "--warmup", "0");

        assertThat(row("COPY, one connection |")).element(2).isEqualTo("1 x");
        assertThat(row("COPY, one connection, conversations and jobs"))
                .element(3)
                .isEqualTo("1 x");
        assertThat(row("the storage, embeddings off")).element(2).asString().matches(FIGURE);
        assertThat(row("the storage, embeddings cached")).element(2).asString().matches(FIGURE);
    }

    @Test
    void measuresCallsOfQueue() {
        run("queue", "--rate", "200", "--duration", "1s", "--settled", "500ms", "--rounds", "1");

        for (String behind : List.of("store", "cached", "embed")) {
            assertThat(row(behind)).hasSize(7).allMatch(cell -> cell.contains(" to ") || cell.matches(FIGURE));
            assertThat(row(behind)).last().isEqualTo("0 %");
        }
    }

    @Test
    void measuresEmbeddingAgainstAPlainClient() {
        run("embed", "--texts", "20", "--batches", "8", "--clients", "1,2", "--rounds", "1", "--warmup", "0");

        assertThat(rows("plain client, 8 texts"))
                .hasSize(2)
                .anyMatch(row -> row.get(2).equals("1 x"));
        assertThat(row("the storage")).element(0).asString().matches(FIGURE);
    }

    @Test
    void measuresSpikes() {
        run("spike", "--concurrent", "20", "--rounds", "1");

        for (String spike : List.of("first", "second", "third")) {
            assertThat(row(spike).subList(0, 3)).allMatch(cell -> cell.matches(FIGURE));
        }
    }

    @Test
    void measuresTheModelsBatches() {
        run("modelbatches", "--texts", "8", "--batches", "4", "--rounds", "1", "--warmup", "0");

        assertThat(rows("equal lengths")).hasSize(3).allMatch(row -> row.get(0).matches(FIGURE));
        assertThat(rows("mixed lengths")).hasSize(3).allMatch(row -> row.get(2).matches("1|0\\.9\\d+|1\\.0+"));
    }

    @Test
    void measuresSteps() {
        run("jmh", "--forks", "0", "--warmup", "0", "--iterations", "1", "--time", "1ms");

        assertThat(row("Recorder.record |")).element(1).asString().matches(FIGURE);
        assertThat(rows("Schedule.next")).hasSize(6);
        assertThat(rows("Distribution.")).hasSize(4);
    }

    @Test
    void measuresTheServiceBesideABareHandler() {
        assumeThat(new File("/usr/bin/wrk")).as("wrk, of the package wrk").exists();

        run("http", "--duration", "1s", "--rounds", "1", "--warmup", "0", "--connections", "4");

        assertThat(row("bare handler that answers 202")).hasSize(7).element(6).isEqualTo("1 x");
        for (String service : List.of("the service, embeddings off", "the service, embeddings cached")) {
            assertThat(row(service)).hasSize(7).element(0).asString().matches(FIGURE);
            assertThat(row(service)).element(2).asString().matches(FIGURE);
        }
    }

    @Test
    void comparesTwoBuildsInPairs() {
        String build = System.getProperty("java.class.path");

        run(
                "compare",
                "--old",
                build,
                "--new",
                build,
                "--benchmark",
                "throughput",
                "--options",
                "--duration 50ms --operations 1000 --rounds 1 --warmup 0",
                "--pairs",
                "2",
                "--rows",
                "Stampede, 2 users",
                "--columns",
                "operations a second|CPU");

        List<String> rate = row("Stampede, 2 users: operations a second");
        assertThat(rate).hasSize(3);
        assertThat(rate.subList(0, 2)).allMatch(pair -> pair.matches("[\\d,]+, [\\d,]+ = \\d+\\.\\d{4}"));
        assertThat(rate.get(2)).matches("\\d+\\.\\d{4}");
        assertThat(row("Stampede, 2 users: CPU per operation").get(2)).matches("\\d+\\.\\d{4}");
        assertThat(rows("")).hasSize(3);
        assertThat(text(err).lines())
                .contains("pair 1 of 2, Stampede, 2 users: operations a second: " + rate.get(0))
                .hasSize(4);
    }

    @Test
    void takesWhatIsBetterForARatioAboveOne() {
        List<String> before = List.of(
                "### Start after due",
                "",
                "|  | operations a second | p99 | heap | CPU while waiting | delivered | least to most | against | new |",
                "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
                "| Stampede | 1,000 | 1.5 ms | 2 MB | 10 % | 50 % | 1 to 2 | 1.5 x | - |");
        List<String> after = List.of(
                "### Start after due",
                "",
                "|  | operations a second | p99 | heap | CPU while waiting | delivered | least to most | against | new |",
                "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
                "| Stampede | 1,100 | 750 us | 1,000 kB | 20 % | 100 % | 1 to 2 | 1.5 x | 3 |");

        Map<Compare.Figure, Compare.Value> old = Compare.figures(before);
        Map<Compare.Figure, Compare.Value> now = Compare.figures(after);

        assertThat(old.keySet().stream().map(Compare.Figure::column))
                .containsExactly("operations a second", "p99", "heap", "CPU while waiting", "delivered");
        List<Double> ratios = new ArrayList<>();
        old.forEach((figure, value) -> ratios.add(figure.ratio(value, Objects.requireNonNull(now.get(figure)))));
        assertThat(ratios).containsExactly(1.1, 2.0, 2.0, 0.5, 2.0);
    }

    @Test
    void tellsAcceptedFromRefusedInWhatWrkPrints() throws IOException {
        Wrk.Answers answers = Wrk.parsed("""
                  57364 requests in 5.13s, 15.69MB read
                  Non-2xx or 3xx responses: 3017
                Requests/sec:  11189.63
                """).orElseThrow();
        Optional<Wrk.Answers> none = Wrk.parsed("""
                  0 requests in 1.05s, 0.00B read
                Requests/sec:      0.00
                """);

        assertThat(none).isEmpty();
        assertThat(answers.seconds()).isCloseTo(5.13, within(0.01));
        assertThat(answers.acceptedPerSecond()).isCloseTo(11189.63 * 54347 / 57364, within(0.01));
        assertThat(answers.otherPerSecond()).isCloseTo(11189.63 * 3017 / 57364, within(0.01));
        assertThatThrownBy(() -> Wrk.parsed("""
                  100 requests in 5.13s, 15.69MB read
                  Socket errors: connect 3, read 0, write 0, timeout 0
                Requests/sec:  19.63
                """))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Socket errors: connect 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|No benchmark was named. There are throughput, pacing, memory, blocked, reports, queue, store, writepath, spike, embed, modelbatches, jmh, http, compare and all",
                "fast|Unknown benchmark \"fast\". There are throughput, pacing, memory, blocked, reports, queue, store, writepath, spike, embed, modelbatches, jmh, http, compare and all",
                "throughput --rounds 0|throughput: --rounds must be 1 to 100, but was 0",
                "throughput --rounds many|throughput: --rounds must be 1 to 100, but was many",
                "throughput --rounds|throughput: options are pairs such as --rounds 5, but there was \"--rounds\" without",
                "throughput rounds 5|throughput: options are pairs such as --rounds 5, but there was \"rounds\"",
                "throughput --rounds 1 --rounds 2|throughput: --rounds was given twice",
                "throughput --round 1|throughput: unknown option --round; it takes --duration, --operations",
                "throughput --kind green|throughput: --kind must be one of [auto, platform, virtual], but was green",
                "pacing --rates 1000,0|pacing: --rates must be 1 to 100,000, but was 0",
                "pacing --spins 50|pacing: --spins must be 0 ns to 10 ms, but was 50",
                "memory --workload waves|memory: --workload must be one of [burst, arrivals, users], but was waves",
                "store --postgres mine|store: --postgres must be one of [embedded, container], but was mine",
                "jmh --include (|jmh: --include must be a regular expression, but was (",
                "compare --pairs 1|compare: --old must be the class path of a build, such as benchmarks/target/benchmarks.jar",
                "compare --old nowhere.jar --new nowhere.jar|compare: --old must be the class path of a build, but was nowhere.jar",
                "compare --old pom.xml --benchmark swim|compare: --benchmark must be one of [throughput, pacing, memory",
                "compare --old pom.xml --rows (|compare: --rows must be a regular expression, but was (",
                "all --rounds 1|all: unknown option --rounds; it takes no options",
            })
    void refusesWhatItCannotRun(@org.jspecify.annotations.Nullable String line, String error) {
        String[] arguments = line == null ? new String[0] : line.split(" ", -1);

        int exit = Benchmarks.run(stream(out), stream(err), arguments);

        assertThat(exit).isEqualTo(2);
        assertThat(text(err)).startsWith(error);
        assertThat(text(out)).isEmpty();
    }

    private void run(String... arguments) {
        int exit = Benchmarks.run(stream(out), stream(err), arguments);

        assertThat(exit).as(() -> text(err)).isZero();
    }

    /** The figures of the only row whose name begins so. */
    private List<String> row(String name) {
        assertThat(rows(name)).hasSize(1);
        return rows(name).get(0);
    }

    private List<List<String>> rows(String name) {
        return text(out)
                .lines()
                .filter(line -> line.startsWith("| " + name))
                .map(line -> List.of(line.replaceAll("^\\| | \\|$", "").split(" \\| ", -1)))
                .map(cells -> cells.subList(1, cells.size()))
                .toList();
    }

    private static double figure(String cell) {
        return Double.parseDouble(cell.replaceAll(",|\\D+$", ""));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
