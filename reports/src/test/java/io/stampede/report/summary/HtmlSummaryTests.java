package io.stampede.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.metric.Unit;
import io.stampede.report.testing.Samples;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Text;
import io.stampede.result.BreakingPoint;
import io.stampede.result.GaugeSeries;
import io.stampede.result.PhaseResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlSummaryTests {

    static Stream<String> kinds() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isWellFormedSmallAndStatic(String kind) throws Exception {
        Samples.Sample sample = java.util.Objects.requireNonNull(Samples.all().get(kind));

        String html = HtmlSummary.of(sample.result(), sample.verdict(), null);
        Document page = parse(html);

        write(kind, html);
        assertThat(html.length()).isLessThan(2_000_000);
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("link").getLength()).isZero();
        assertNothingForeign(page.getDocumentElement());
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo(Text.visible(sample.result().scenario().name()));
    }

    @Test
    void showsAGaugeOfAnySizeAndSaysWhatItsPointsAre() throws Exception {
        Samples.Sample sample = Samples.basic();
        List<GaugeSeries.Point> points = List.of(
                new GaugeSeries.Point(Duration.ZERO, Double.MAX_VALUE),
                new GaugeSeries.Point(Duration.ofMillis(10), Double.MAX_VALUE));
        GaugeSeries.Values values = new GaugeSeries.Values(
                Double.NEGATIVE_INFINITY, Double.MAX_VALUE, 1e300, Double.MAX_VALUE, Double.NaN, List.of());
        GaugeSeries huge = new GaugeSeries(
                "huge", Unit.COUNT, false, points, values, new GaugeSeries.Reads(9, 1, 2, "no connection", false));

        String html =
                HtmlSummary.of(sample.result().copy().gauges(List.of(huge)).build(), sample.verdict(), null);

        parse(html);
        assertThat(html)
                .contains("Highest 1.80e308, mean 1.00e300, last 1.80e308.")
                .contains("Each point is the highest value of its stretch; targets judge all values. Infinite values")
                .contains(">-infinity<", ">1.80e308<")
                .contains("1 of 9 values were infinite");
    }

    @Test
    void saysTheVerdictFirst() throws Exception {
        Document page = parse(summary(Samples.spike()));

        Element outcome = (Element) page.getElementsByTagName("p").item(0);
        assertThat(outcome.getAttribute("class")).isEqualTo("outcome");
        assertThat(outcome.getTextContent()).isEqualTo("✖ FAILED: 1 of 4 critical, 1 of 4 with no data");
    }

    @Test
    void bandsReadWithoutColour() {
        assertThat(summary(Samples.spike())).contains("✖ CRITICAL", "! ACCEPTABLE", "✔ TARGET", "? NO DATA");
    }

    @Test
    void saysWhichModeAndSizeItRanIn() {
        assertThat(summary(Samples.sustained()))
                .contains("EMBEDDED (no Docker engine answered)", "a tenth of the size (scale 0.1)");
    }

    @Test
    void drawsCurveCourseAndGauges() throws Exception {
        Document page = parse(summary(Samples.sustained()));

        NodeList charts = page.getElementsByTagName("figcaption");
        assertThat(texts(charts))
                .anyMatch(title -> title.startsWith("Percentiles"))
                .anyMatch(title -> title.startsWith("Response time over time"))
                .anyMatch(title -> title.startsWith("Service time over time"))
                .anyMatch(title -> title.startsWith("Offered and achieved rate Offered: "))
                .anyMatch(title -> title.startsWith("Failures over time"))
                .anyMatch(title -> title.startsWith("Gauge: heap after collection"))
                .anyMatch(title -> title.startsWith("Processors and garbage collection"))
                .anyMatch(title -> title.startsWith("Gauge: queue size"));
        assertThat(page.getElementsByTagName("figure").getLength()).isEqualTo(charts.getLength());
    }

    @Test
    void showsWhereAStressTestBroke() {
        assertThat(summary(Samples.stress()))
                .contains(
                        "1,250 at once, interval 1,250 or more; 1,250 held in 3 of 3 runs, 1,300 broke in 2 of 3 runs:"
                                + " mean response time 72 ms, limit 50 ms",
                        "Response time by load",
                        "✖ 1300 at once<",
                        "✖ 1300 at once #3")
                .contains("1,250 at once (1,250 or more)")
                .doesNotContain("✖ 1300 at once #2", "✖ 1250");
    }

    @Test
    void drawsTheScalabilityLawThroughTheStepsOfAStressTest() throws Exception {
        Document page = parse(summary(Samples.stress()));

        assertThat(texts(page.getElementsByTagName("figcaption")))
                .anyMatch(title -> title.startsWith("Throughput by load")
                        && title.endsWith(
                                "The curve is the Universal Scalability Law, fitted to them; diamond: its" + " peak."));
    }

    @Test
    void drawsStepsTooFewForTheLawWithoutIt() throws Exception {
        Samples.Sample stress = Samples.stress();
        Document page = parse(
                summary(Samples.withPhases(stress, stress.result().phases().subList(13, 18))));

        assertThat(texts(page.getElementsByTagName("figcaption")))
                .anyMatch(title -> title.startsWith("Throughput by load") && title.endsWith("Dashed: where it broke."));
    }

    @Test
    void drawsNoLawThatTheStepsDoNotFollow() throws Exception {
        Samples.Sample stress = Samples.stress();
        List<PhaseResult> erratic = new ArrayList<>();
        for (PhaseResult step : stress.result().phases()) {
            erratic.add(Samples.slower(step, erratic.size() % 2 == 0 ? 1 : 20));
        }

        Document page = parse(summary(Samples.withPhases(stress, erratic)));

        assertThat(texts(page.getElementsByTagName("figcaption")))
                .anyMatch(title -> title.startsWith("Throughput by load") && title.endsWith("Dashed: where it broke."));
    }

    @Test
    void saysWhereTheGeneratorWasTheLimit() {
        BreakingPoint.Runs runs = new BreakingPoint.Runs(0, 3);

        assertThat(Headline.capacity(new BreakingPoint(0, 12, "late", 0, 12, BreakingPoint.Runs.NONE, runs, true)))
                .isEqualTo("0 at once, interval 0 to 12; 12 broke in 3 of 3 runs; the generator was the limit"
                        + " at 12: late");
    }

    @Test
    void showsRecoveryAndTheFirstStackTrace() {
        assertThat(summary(Samples.spike()))
                .contains("back within 2.3 s (limit 5 s)", "at com.example.Shop.checkout(Shop.java:42)");
    }

    @Test
    void showsTheWarmUpApartAndWhichRuleEndedTheRun() {
        assertThat(summary(Samples.nasty()))
                .contains(
                        "<h2>Warm-up</h2>",
                        "Ran before the measured load; no other figure includes it.",
                        "Ended early by its own rule: ");
        assertThat(summary(Samples.sustained())).doesNotContain("Warm-up", "Ended early");
    }

    @Test
    void showsFaultsAndEarlyEnds() {
        assertThat(summary(Samples.invalid())).contains("INVALID", "Load generator at fault: 3 %");
        assertThat(summary(Samples.interrupted())).contains("Ended early: interrupted after 400 of 1,000 operations");
    }

    @Test
    void showsHowTheLoadGeneratorWas() {
        assertThat(summary(Samples.invalid()))
                .contains(
                        ">Load generator</h2>",
                        "✖ broken</td><td>lag p99</td><td class=\"actual\">812 ms</td><td>&lt;= 100 ms</td>",
                        "✔ kept</td><td>GC pauses</td>",
                        "12, longest 17 ms",
                        "<td class=\"band\">not judged</td><td>CPU of the machine</td>");
        assertThat(summary(Samples.sustained())).contains("It was not watched.");
    }

    private static String summary(Samples.Sample sample) {
        return HtmlSummary.of(sample.result(), sample.verdict(), null);
    }

    private static void write(String kind, String html) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "summaries"));
        Files.writeString(directory.resolve(kind + ".html"), html);
    }

    private static Stream<String> texts(NodeList nodes) {
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent());
    }

    private static void assertNothingForeign(Node node) {
        if (node instanceof Element element) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Node attribute = element.getAttributes().item(i);
                if (!attribute.getNodeName().startsWith("xmlns")) {
                    assertThat(attribute.getNodeValue()).doesNotContain("//");
                    assertThat(attribute.getNodeName()).doesNotStartWith("on");
                }
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            assertNothingForeign(child);
        }
    }

    static Document parse(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}
