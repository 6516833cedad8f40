package io.stampede.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.metric.Band;
import io.stampede.metric.Metric;
import io.stampede.metric.Statistic;
import io.stampede.metric.Unit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTargetsTests {

    @Test
    void readsTheBuiltInTable() {
        assertThat(Targets.builtIn().rows())
                .extracting(row -> row.metric().label())
                .containsExactly("response time p95", "response time p99", "throughput", "queue size", "success rate");
        assertThat(Targets.builtIn().rows().get(0).acceptable().value()).isEqualTo(20e6);
    }

    @Test
    void findsAllTargetsTablesAmongOtherText() {
        Targets targets = Targets.parse("""
                # Shop

                | Person | Role |
                |---|---|
                | A | B |

                Text.

                | Why | Acceptable | **Metric** | Target |
                |---|:-:|---|--:|
                | users wait | `< 20 ms` | *Queue time* P95 | \\< 10 ms |

                | Metric | Target | Acceptable |
                |---|---|---|
                | Throughput | 1+ ops/s | 1+ ops/s |
                """, "shop.md");

        assertThat(targets.source()).isEqualTo("shop.md");
        assertThat(targets.rows())
                .containsExactly(
                        Target.of("Queue time P95", "< 10 ms", "< 20 ms"),
                        Target.of("Throughput", "1+ ops/s", "1+ ops/s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n| Response time P95 | < 1 ms | < 1 ms |",
                "<!-- latency -->\n| Response time P95 | < 1 ms | < 1 ms |",
                "### Latency\n| Response time P95 | < 1 ms | < 1 ms |",
                "\nResponse time P95 | < 1 ms | < 1 ms",
                "\nThroughput | 1+ ops/s | 1+ ops/s",
                "\n<div>\n| Response time P95 | < 1 ms | < 1 ms |\n</div>",
                "\n> | Response time P95 | < 1 ms | < 1 ms |",
                "***\n| Response time P95 | < 1 ms | < 1 ms |",
                "\n| Metric | Target | Acceptable |\n| Response time P95 | < 1 ms | < 1 ms |",
            })
    void refusesARowThatBelongsToNoTable(String rest) {
        String text = table("| Success rate | > 99% | > 99% |") + rest;

        assertThatThrownBy(() -> Targets.parse(text, "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageMatching(
                        "(?s)t\\.md, line [5-6]: this row belongs to no table: .*(Response|Throughput|Metric).*")
                .hasMessageContaining("or give it a table with a header of its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n<!--\n| Response time P95 | < 1 ms | < 1 ms |\n-->",
                "\n<!-- | Response time P95 | < 1 ms | < 1 ms | -->",
                "\n```\n| Response time P95 | < 1 ms | < 1 ms |\n```",
                "\n    | Response time P95 | < 1 ms | < 1 ms |",
                "\nEither a | b, or c | d.",
                "\n> A quotation < 5 | 6.",
                "\n| Person | Role |\n|---|---|\n| Ann | < 5 |",
            })
    void leavesAloneWhatIsNoRow(String rest) {
        assertThat(Targets.parse(table("| Success rate | > 99% | > 99% |") + rest, "t.md")
                        .rows())
                .containsExactly(Target.of("Success rate", "> 99%", "> 99%"));
    }

    @Test
    void refusesAMetricThatIsInTwoTables() {
        String second =
                "\n## Writes\n\n| Acceptable | Metric | Target |\n|---|---|---|\n| < 1 s | response time p95 | < 1 s |";

        assertThatThrownBy(() -> Targets.parse(table("| Queue time P95 | < 1 s | < 1 s |") + second, "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("t.md, line 9, column Metric: must be there once, but \"response time p95\"");
    }

    @Test
    void refusesASecondTableThatLacksAColumn() {
        String second = "\n| Metric | Targets | Acceptable |\n|---|---|---|\n| lag max | < 1 s | < 1 s |";

        assertThatThrownBy(() -> Targets.parse(table("| Queue time P95 | < 1 s | < 1 s |") + second, "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("t.md, line 5: the table has no column Target. Its header: | Metric | Targets |");
    }

    @Test
    void readsWindowsLineEndsAndAByteOrderMark() {
        Targets targets = Targets.parse(
                "\uFEFF| Metric | Target | Acceptable |\r\n|---|---|---|\r\n| lag max | < 1 s | < 2 s |\r\n", "t.md");

        assertThat(targets.rows()).hasSize(1);
    }

    @Test
    void namesLineRowAndColumnOfAMistake() {
        assertThatThrownBy(() ->
                        Targets.parse("# Shop\n\n" + table("| Queue time P95 | < 10 parsecs | < 20ms |"), "shop.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessage("shop.md, line 5, column Target: must be a time that must not be exceeded, such as"
                        + " \"< 10 ms\", \"< 1.5 s\" or \"< 500 us\", but was \"< 10 parsecs\"."
                        + " The row: | Queue time P95 | < 10 parsecs | < 20ms |");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| Queue time P95 | < 10ms | < 5ms |",
                "| Queue time P95 | < 10ms | |",
                "| Queue time P95 | < 10ms |",
                "| | < 10ms | < 10ms |",
                "| Queue time | < 10ms | < 20ms |",
                "| Queue time p0 | < 10ms | < 20ms |",
                "| Queue time p101 | < 10ms | < 20ms |",
                "| Queue time last | < 10ms | < 20ms |",
                "| Queue time p95 | > 10ms | < 20ms |",
                "| Queue time p95 | < 10 | < 20 |",
                "| Queue time p95 | < 0 ms | < 20 ms |",
                "| Queue time p95 | < -1 ms | < 20 ms |",
                "| Throughput p95 | 100+ ops/s | 50+ ops/s |",
                "| Throughput | 100 ms | 50 ms |",
                "| Throughput | < 100 ops/s | < 50 ops/s |",
                "| Throughput | 50+ ops/s | 100+ ops/s |",
                "| Success rate | > 101 % | > 99 % |",
                "| Success rate | > 99.9 | > 99 |",
                "| Success rate | < 99 % | < 99.9 % |",
                "| Queue size | < 10 | > 20 |",
                "| Queue size | < 10 | < 20 % |",
                "| Queue size | 10 | 20 |",
                "| Queue size | > 10+ | > 5+ |",
                "| Queue size | < 1e3 | < 2e3 |",
                "| Queue size | < 10 | < 20 |\n| queue  SIZE | < 10 | < 20 |",
                "| Queue time p95 | < 1ms | < 2ms |\n| Response time p95 | < 1ms | < 2ms |",
            })
    void refusesRowsThatSayNothingSensible(String rows) {
        assertThatThrownBy(() -> Targets.parse(table(rows), "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("t.md, line ")
                .hasMessageContaining("column ");
    }

    @Test
    void refusesACriticalColumnThatContradictsAcceptable() {
        String head = "| Metric | Target | Acceptable | Critical |\n|---|---|---|---|\n";

        assertThat(Targets.parse(head + "| Queue size | < 10 | < 20 | >= 20 |", "t.md")
                        .rows())
                .hasSize(1);
        assertThatThrownBy(() -> Targets.parse(head + "| Queue size | < 10 | < 20 | > 30 |", "t.md"))
                .hasMessageContaining("column Critical: must be the opposite of acceptable (\"< 20\")");
        assertThatThrownBy(() -> Targets.parse(head + "| Queue size | < 10 | < 20 | < 20 |", "t.md"))
                .isInstanceOf(TargetsException.class);
    }

    @Test
    void saysWhichColumnIsMissing() {
        assertThatThrownBy(() -> Targets.parse("| Metric | Target |\n|---|---|\n| x | < 1 |", "t.md"))
                .hasMessageContaining("t.md, line 1: the table has no column Acceptable");
    }

    @Test
    void refusesAColumnThatIsThereTwice() {
        assertThatThrownBy(() -> Targets.parse(
                        "| Metric | Target | Target | Acceptable |\n|---|---|---|---|\n| x | < 1 | < 1 | < 1 |",
                        "t.md"))
                .hasMessageContaining("column Target is there twice");
    }

    @Test
    void refusesAnEmptyTable() {
        assertThatThrownBy(() -> Targets.parse(table(""), "t.md")).hasMessageContaining("no rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "| a | b |\n|---|---|\n| 1 | 2 |", "\u0000", "```\n| Metric | Target |\n```"})
    void refusesTextWithoutATargetsTable(String markdown) {
        assertThatThrownBy(() -> Targets.parse(markdown, "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("t.md has no table");
    }

    @Test
    void refusesTextsThatAreTooLong() {
        assertThatThrownBy(() -> Targets.parse("x".repeat(MarkdownTargets.MAX_LENGTH + 1), "t.md"))
                .hasMessageContaining("at most 1,000,000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "< 10ms",
                "<= 10 ms",
                "<10ms",
                "≤ 10 ms",
                "10 ms",
                "< 0.01 s",
                "< 10,000 us",
                "< 10000µs",
                "<10MS"
            })
    void readsOneTimeInManyWritings(String text) {
        assertThat(Target.of("service time p99.9", text, "< 1 h").target())
                .satisfies(bound -> assertThat(bound.value()).isEqualTo(10e6))
                .satisfies(bound -> assertThat(bound.upper()).isTrue())
                .satisfies(bound -> assertThat(bound.label()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "120+ ops/sec",
                "> 120 ops/s",
                ">= 120/s",
                "120 ops / second",
                "120 op/s",
                "120 per second",
                "7,200 ops/min"
            })
    void readsOneRateInManyWritings(String text) {
        assertThat(Target.of("throughput", text, "1+ ops/s").target())
                .satisfies(bound -> assertThat(bound.value()).isEqualTo(120))
                .satisfies(bound -> assertThat(bound.upper()).isFalse());
    }

    @Test
    void anyTableThatIsWrittenFromNumbersIsReadBack() {
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            int target = 1 + random.nextInt(1000);
            int acceptable = target + random.nextInt(1000);

            Target row = Targets.parse(table("| gauge " + i + " | < " + target + " | <= " + acceptable + " |"), "t.md")
                    .rows()
                    .get(0);

            assertThat(row.metric()).isEqualTo(Metric.GaugeValue.of("gauge " + i, Statistic.OWN));
            assertThat(row.target().value()).isEqualTo(target);
            assertThat(row.acceptable().value()).isEqualTo(acceptable);
        }
    }

    @Test
    void noTextBreaksTheParserInAnyOtherWayThanATargetsException() {
        Random random = new Random(7);
        String alphabet = "|-: <>=%+.,0159msopqueue timp\n\\`*_#&;[]()\u0000\u00b5";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder("| Metric | Target | Acceptable |\n|---|---|---|\n");
            int length = random.nextInt(60);
            for (int c = 0; c < length; c++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(Targets.parse(text.toString(), "t.md").rows()).isNotEmpty();
            } catch (TargetsException e) {
                assertThat(e).hasMessageContaining("t.md");
            }
        }
    }

    @Test
    void overridesTheRowOfTheSameMetricAndAddsOthers() {
        Target stricter = Target.of("RESPONSE time p95", "< 1 ms", "< 2 ms");
        Target added = Target.of("lag max", "< 1 s", "< 1 s");

        Targets targets = Targets.builtIn().with(List.of(stricter, added));

        assertThat(targets.rows()).hasSize(6).startsWith(stricter).endsWith(added);
    }

    @Test
    void leavesOutBuiltInRowsOfGaugesThatATestDoesNotHave() {
        assertThat(Targets.builtIn().forGauges(Map.of()).rows()).hasSize(4);
        assertThat(Targets.builtIn().forGauges(Map.of("Queue Size", Unit.COUNT)).rows())
                .hasSize(5);
    }

    @Test
    void refusesAGaugeThatATestDoesNotHaveWhereTheUserAskedForIt() {
        Targets targets = Targets.builtIn().with(List.of(Target.of("queue size", "< 7", "< 8")));

        assertThatThrownBy(() -> targets.forGauges(Map.of("web backlog", Unit.COUNT, "pool use", Unit.SHARE)))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("metric \"queue size\" is unknown")
                .hasMessageContaining("service time")
                .hasMessageContaining("Gauges of this test: pool use, web backlog.");
    }

    @Test
    void namesTheNearestMetricOfATypo() {
        Targets targets = new Targets(List.of(Target.of("Respone time P95", "< 7 ms", "< 8 ms")), "t.md");

        assertThatThrownBy(() -> targets.forGauges(Map.of()))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining(
                        "t.md: metric \"Respone time P95\" is unknown. The nearest is \"response time p95\"."
                                + " Known are ");
        assertThatThrownBy(() -> Target.of("respone time p95", "10 ms"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("because \"respone time p95\" is read as a gauge's name (did you mean"
                        + " \"response time p95\"?), but was \"10 ms\"");
    }

    @Test
    void takesAGaugeWhoseNameEndsLikeAStatistic() {
        Targets targets = new Targets(List.of(Target.of("Pool max", "< 7", "< 8")), "t.md");

        assertThat(targets.forGauges(Map.of("pool max", Unit.COUNT))
                        .rows()
                        .get(0)
                        .metric())
                .isEqualTo(Metric.GaugeValue.of("pool max", Statistic.OWN));
        assertThat(targets.forGauges(Map.of("pool", Unit.COUNT)).rows().get(0).metric())
                .isEqualTo(Metric.GaugeValue.of("pool", Statistic.MAX));
    }

    @Test
    void keepsARowOfTheUsersOwnThatEqualsABuiltInOne() {
        Targets targets = Targets.builtIn().with(List.of(Target.of("Queue size", "< 100", "< 500")));

        assertThatThrownBy(() -> targets.forGauges(Map.of()))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("metric \"Queue size\" is unknown");
    }

    @Test
    void takesTwoWritingsOfOnePercentileForTheSameMetric() {
        assertThatThrownBy(() ->
                        Targets.parse(table("| lag p95 | < 1 s | < 1 s |\n| LAG  p95.0 | < 2 s | < 2 s |"), "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("must be there once, but \"LAG p95.0\" is there twice, as \"lag p95\" before");
        assertThat(Targets.parse(table("| lag p95 | < 1 s | < 1 s |"), "t.md")
                        .with(List.of(Target.of("lag p95.0", "< 3 s")))
                        .rows())
                .containsExactly(Target.of("lag p95.0", "< 3 s"));
    }

    @Test
    void readsPercentOfASharesGaugeAsAShare() {
        Targets targets = Targets.of(Target.of("pool use", "< 80 %", "< 90 %"));

        Target row = targets.forGauges(Map.of("Pool use", Unit.SHARE)).rows().get(0);

        assertThat(row.band(0.79)).isEqualTo(Band.TARGET);
        assertThat(row.band(0.97)).isEqualTo(Band.CRITICAL);
        assertThat(row.metric().unit()).isEqualTo(Unit.SHARE);
        assertThat(row.target().formatted()).isEqualTo("80 %");
    }

    @ParameterizedTest
    @CsvSource({
        "< 80 %, COUNT",
        "< 80 %, BYTES",
        "< 80 %, NANOS",
        "< 10 ms, COUNT",
        "< 10 MiB, SHARE",
        "> 5 ops/s, NANOS"
    })
    void refusesABoundInAnotherUnitThanTheGaugesOwn(String bound, Unit unit) {
        Targets targets = Targets.of(Target.of("pool", bound));

        assertThatThrownBy(() -> targets.forGauges(Map.of("pool", unit)))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("a bound of \"pool\" must be ")
                .hasMessageContaining("the gauge was registered with unit " + unit)
                .hasMessageContaining("but was \"" + bound + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "< 80 %, PERCENT, 80",
        "< 80, PERCENT, 80",
        "< 0.8, SHARE, 0.8",
        "< 80 %, SHARE, 0.8",
        "< 1.5 KiB, BYTES, 1536",
        "< 10 ms, NANOS, 10000000",
        "> 60/min, PER_SECOND, 1",
        "> -5, COUNT, -5",
        "< -0.5, SHARE, -0.5"
    })
    void readsABoundInTheGaugesUnit(String bound, Unit unit, double value) {
        Target row = Targets.of(Target.of("pool min", bound))
                .forGauges(Map.of("pool", unit))
                .rows()
                .get(0);

        assertThat(row.metric()).isEqualTo(Metric.GaugeValue.of("pool", Statistic.MIN));
        assertThat(row.target().value()).isEqualTo(value);
        assertThat(row.target().unit()).isEqualTo(unit);
    }

    @Test
    void readsATableOfTheClassPathInOneLine() {
        Targets targets = Targets.markdown("io/stampede/targets/built-in-targets.md");

        assertThat(targets.rows()).hasSize(5).noneMatch(Target::builtIn);
        assertThat(targets.source()).isEqualTo("io/stampede/targets/built-in-targets.md");
        assertThatThrownBy(() -> Targets.markdown("no-such.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("\"no-such.md\" must be the name of a file on the class path");
    }

    @Test
    void refusesTwoRowsOfOneMetricInCode() {
        assertThatThrownBy(
                        () -> Targets.of(Target.of("queue time p95", "< 1 s"), Target.of("Response time P95", "< 2 s")))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("\"queue time p95\" and \"Response time P95\"");
    }

    private static String table(String rows) {
        return "| Metric | Target | Acceptable |\n|---|---|---|\n" + rows + "\n";
    }
}
