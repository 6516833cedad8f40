package io.stampede.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTargetsTests {

    @Test
    void readsTheBuiltInTable() {
        assertThat(BuiltInTargets.get().rows())
                .extracting(row -> row.metric().measure() + "/" + row.metric().statistic())
                .containsExactly(
                        "response time/p95", "response time/p99", "throughput/", "queue size/", "success rate/");
        assertThat(BuiltInTargets.get().rows().get(0).acceptable().value()).isEqualTo(20e6);
    }

    @Test
    void findsTheFirstTargetsTableAmongOtherText() {
        Targets targets = MarkdownTargets.parse("""
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
        assertThat(targets.rows()).hasSize(1);
        assertThat(targets.rows().get(0)).isEqualTo(TargetRows.of("Queue time P95", "< 10 ms", "< 20 ms"));
    }

    @Test
    void readsWindowsLineEndsAndAByteOrderMark() {
        Targets targets = MarkdownTargets.parse(
                "\uFEFF| Metric | Target | Acceptable |\r\n|---|---|---|\r\n| lag max | < 1 s | < 2 s |\r\n", "t.md");

        assertThat(targets.rows()).hasSize(1);
    }

    @Test
    void namesLineRowAndColumnOfAMistake() {
        assertThatThrownBy(() -> MarkdownTargets.parse(
                        "# Shop\n\n" + table("| Queue time P95 | < 10 parsecs | < 20ms |"), "shop.md"))
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
                "| Queue size | < 10 ms | < 20 ms |",
                "| Queue size | < 10 | > 20 |",
                "| Queue size | < 10 | < 20 % |",
                "| Queue size | 10 | 20 |",
                "| Queue size | > 10+ | > 5+ |",
                "| Queue size | < 1e3 | < 2e3 |",
                "| Queue size | < 10 | < 20 |\n| queue  SIZE | < 10 | < 20 |",
                "| Queue time p95 | < 1ms | < 2ms |\n| Response time p95 | < 1ms | < 2ms |",
            })
    void refusesRowsThatSayNothingSensible(String rows) {
        assertThatThrownBy(() -> MarkdownTargets.parse(table(rows), "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("t.md, line ")
                .hasMessageContaining("column ");
    }

    @Test
    void refusesACriticalColumnThatContradictsAcceptable() {
        String head = "| Metric | Target | Acceptable | Critical |\n|---|---|---|---|\n";

        assertThat(MarkdownTargets.parse(head + "| Queue size | < 10 | < 20 | >= 20 |", "t.md")
                        .rows())
                .hasSize(1);
        assertThatThrownBy(() -> MarkdownTargets.parse(head + "| Queue size | < 10 | < 20 | > 30 |", "t.md"))
                .hasMessageContaining("column Critical: must be the opposite of acceptable (\"< 20\")");
        assertThatThrownBy(() -> MarkdownTargets.parse(head + "| Queue size | < 10 | < 20 | < 20 |", "t.md"))
                .isInstanceOf(TargetsException.class);
    }

    @Test
    void saysWhichColumnIsMissing() {
        assertThatThrownBy(() -> MarkdownTargets.parse("| Metric | Target |\n|---|---|\n| x | < 1 |", "t.md"))
                .hasMessageContaining("t.md, line 1: the table has no column Acceptable");
    }

    @Test
    void refusesAColumnThatIsThereTwice() {
        assertThatThrownBy(() -> MarkdownTargets.parse(
                        "| Metric | Target | Target | Acceptable |\n|---|---|---|---|\n| x | < 1 | < 1 | < 1 |",
                        "t.md"))
                .hasMessageContaining("column Target is there twice");
    }

    @Test
    void refusesAnEmptyTable() {
        assertThatThrownBy(() -> MarkdownTargets.parse(table(""), "t.md")).hasMessageContaining("no rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "| a | b |\n|---|---|\n| 1 | 2 |", "\u0000", "```\n| Metric | Target |\n```"})
    void refusesTextWithoutATargetsTable(String markdown) {
        assertThatThrownBy(() -> MarkdownTargets.parse(markdown, "t.md"))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("t.md has no table");
    }

    @Test
    void refusesTextsThatAreTooLong() {
        assertThatThrownBy(() -> MarkdownTargets.parse("x".repeat(MarkdownTargets.MAX_LENGTH + 1), "t.md"))
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
        assertThat(TargetRows.of("service time p99.9", text, "< 1 h").target())
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
        assertThat(TargetRows.of("throughput", text, "1+ ops/s").target())
                .satisfies(bound -> assertThat(bound.value()).isEqualTo(120))
                .satisfies(bound -> assertThat(bound.upper()).isFalse());
    }

    @Test
    void anyTableThatIsWrittenFromNumbersIsReadBack() {
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            int target = 1 + random.nextInt(1000);
            int acceptable = target + random.nextInt(1000);

            Target row = MarkdownTargets.parse(
                            table("| gauge " + i + " | < " + target + " | <= " + acceptable + " |"), "t.md")
                    .rows()
                    .get(0);

            assertThat(row.metric().measure()).isEqualTo("gauge " + i);
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
                assertThat(MarkdownTargets.parse(text.toString(), "t.md").rows())
                        .isNotEmpty();
            } catch (TargetsException e) {
                assertThat(e).hasMessageContaining("t.md");
            }
        }
    }

    @Test
    void overridesTheRowOfTheSameMetricAndAddsOthers() {
        Target stricter = TargetRows.of("RESPONSE time p95", "< 1 ms", "< 2 ms");
        Target added = TargetRows.of("lag max", "< 1 s", "< 1 s");

        Targets targets = TargetRows.override(BuiltInTargets.get(), List.of(stricter, added));

        assertThat(targets.rows()).hasSize(6).startsWith(stricter).endsWith(added);
    }

    @Test
    void leavesOutBuiltInRowsOfGaugesThatATestDoesNotHave() {
        assertThat(TargetRows.applicable(BuiltInTargets.get(), Set.of()).rows()).hasSize(4);
        assertThat(TargetRows.applicable(BuiltInTargets.get(), Set.of("Queue Size"))
                        .rows())
                .hasSize(5);
    }

    @Test
    void refusesAGaugeThatATestDoesNotHaveWhereTheUserAskedForIt() {
        Targets targets = TargetRows.override(BuiltInTargets.get(), List.of(TargetRows.of("queue size", "< 7", "< 8")));

        assertThatThrownBy(() -> TargetRows.applicable(targets, Set.of("web backlog", "pool use")))
                .isInstanceOf(TargetsException.class)
                .hasMessageContaining("metric \"queue size\" is unknown")
                .hasMessageContaining("service time")
                .hasMessageContaining("Gauges of this test: pool use, web backlog.");
    }

    @Test
    void takesAGaugeWhoseNameEndsLikeAStatistic() {
        Targets targets = new Targets(List.of(TargetRows.of("Pool max", "< 7", "< 8")), "t.md");

        assertThat(TargetRows.applicable(targets, Set.of("pool max"))
                        .rows()
                        .get(0)
                        .metric())
                .satisfies(metric -> assertThat(metric.measure()).isEqualTo("pool max"))
                .satisfies(metric -> assertThat(metric.statistic()).isEmpty());
        assertThat(TargetRows.applicable(targets, Set.of("pool"))
                        .rows()
                        .get(0)
                        .metric()
                        .statistic())
                .isEqualTo("max");
    }

    private static String table(String rows) {
        return "| Metric | Target | Acceptable |\n|---|---|---|\n" + rows + "\n";
    }
}
