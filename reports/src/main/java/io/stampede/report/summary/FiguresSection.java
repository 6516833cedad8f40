package io.stampede.report.summary;

import io.stampede.internal.format.Numbers;
import io.stampede.internal.format.Times;
import io.stampede.metric.Unit;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Html;
import io.stampede.report.text.Text;
import io.stampede.result.BreakingPoint;
import io.stampede.result.Distribution;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import io.stampede.result.Recovery;
import io.stampede.scenario.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured: of the run as a whole, of its warm-up, and of its steps or phases. */
final class FiguresSection {

    private final LoadResult result;
    private final SummaryWriter page;

    FiguresSection(LoadResult result, SummaryWriter page) {
        this.result = result;
        this.page = page;
    }

    void write() {
        times();
        operations();
        warmUp();
        BreakingPoint point = result.breakingPoint();
        if (point != null) {
            page.heading("Breaking point");
            page.paragraph(Headline.capacity(point));
        }
        steps(point);
    }

    private void times() {
        page.heading("Times");
        page.table("scroll", "figures", 0, "", "p50", "p90", "p95", "p99", "p99.9", "max", "mean", "operations");
        times("Response time", "from when it was due", "responseTime", result.responseTime());
        times("Service time", "from when it started", "serviceTime", result.serviceTime());
        times("Lag", "from due to start", "lag", result.lag());
        if (!result.failureTime().isEmpty()) {
            times("Failures", "from due to failing", "failureTime", result.failureTime());
        }
        page.endTable();
    }

    /** @param name in the result's JSON */
    private void times(String title, String meaning, String name, Distribution times) {
        Html html = page.html();
        html.open("tr").with("data-times", name);
        html.open("th")
                .with("scope", "row")
                .text(title)
                .element("small", meaning)
                .close("th");
        page.time("p50Nanos", times.percentileNanos(50));
        page.time("p90Nanos", times.percentileNanos(90));
        page.time("p95Nanos", times.percentileNanos(95));
        page.time("p99Nanos", times.percentileNanos(99));
        page.time("p99_9Nanos", times.percentileNanos(99.9));
        page.time("maxNanos", times.percentileNanos(100));
        page.time("meanNanos", times.meanNanos());
        page.count("count", times.count());
        page.endRow();
    }

    private void operations() {
        page.heading("Operations");
        page.html().open("dl");
        page.figure("Planned", "planned", (double) result.planned(), Headline.planned(result));
        count("Started", "started", result.started());
        count("Succeeded", "succeeded", result.succeeded());
        count("Failed", "failed", result.failed());
        page.figure("Success rate", "successPercent", result.successRate(), Headline.percent(result.successRate()));
        page.figure("Throughput", "throughputPerSecond", result.throughput(), Headline.rate(result.throughput()));
        page.figure("Delivered", "delivered", result.delivered(), Headline.percent(100 * result.delivered()));
        page.figure("Took", "elapsedNanos", (double) result.elapsed().toNanos(), Times.format(result.elapsed()));
        Recovery recovery = result.recovery();
        if (recovery != null) {
            double nanos = recovery.took().toNanos();
            page.figure("Recovery", "recovery", nanos, Headline.recovery(recovery));
        }
        BreakingPoint point = result.breakingPoint();
        if (point != null) {
            page.figure("Capacity", "capacity", (double) point.capacity(), Headline.shortCapacity(point));
        }
        page.html().close("dl").line();
    }

    private void count(String title, String name, long count) {
        page.figure(title, name, (double) count, Numbers.count(count));
    }

    private void warmUp() {
        PhaseResult warmUp = result.warmUp();
        if (warmUp == null) {
            return;
        }
        page.heading("Warm-up");
        page.paragraph("Ran before the measured load; no other figure includes it.");
        Map<String, String> facts = new LinkedHashMap<>();
        Phase phase = result.scenario().warmUp();
        if (phase != null) {
            facts.put("Load", phase.workload().describe());
        }
        facts.put("Succeeded", Numbers.count(warmUp.outcomes().succeeded()));
        facts.put("Failed", Numbers.count(warmUp.outcomes().failed()));
        facts.put("Throughput", Headline.rate(warmUp.throughput()));
        facts.put(
                "Response time p95",
                Numbers.nanos(warmUp.outcomes().responseTime().percentileNanos(95)));
        facts.put("Took", Times.format(warmUp.elapsed()));
        facts.put("Backlogs gone after", timeOrDash(warmUp.settled()));
        page.pairs(facts);
    }

    private void steps(@Nullable BreakingPoint point) {
        List<PhaseResult> phases = result.phases();
        if (phases.size() < 2) {
            return;
        }
        page.heading("Steps");
        page.table(
                "scroll steps",
                "",
                10,
                "Step",
                "start",
                "planned",
                "succeeded",
                "failed",
                "p50",
                "p95",
                "p99",
                "mean",
                "ops/s",
                "settled",
                "highest gauges");
        phases.stream().limit(SummaryWriter.MAX_ROWS).forEach(phase -> step(phase, point != null && phase.broke()));
        page.endTable();
        if (phases.size() > SummaryWriter.MAX_ROWS) {
            page.paragraph("And " + (phases.size() - SummaryWriter.MAX_ROWS) + " more, in the JSON.");
        }
    }

    private void step(PhaseResult phase, boolean broke) {
        Html html = page.html();
        html.open("tr").with("class", broke ? "band-critical" : null);
        html.open("th").with("scope", "row").text((broke ? "✖ " : "") + Text.line(phase.name(), 120));
        html.close("th");
        page.number(Times.format(phase.start()));
        page.count("planned", phase.planned());
        page.count("succeeded", phase.outcomes().succeeded());
        page.count("failed", phase.outcomes().failed());
        page.time("p50Nanos", phase.outcomes().responseTime().percentileNanos(50));
        page.time("p95Nanos", phase.outcomes().responseTime().percentileNanos(95));
        page.time("p99Nanos", phase.outcomes().responseTime().percentileNanos(99));
        page.time("meanNanos", phase.outcomes().responseTime().meanNanos());
        page.number(Double.isNaN(phase.throughput()) ? "-" : Times.number(phase.throughput()));
        page.number(timeOrDash(phase.settled()));
        page.cell("note", gauges(phase));
        page.endRow();
    }

    /** What the load generator measures of itself is left out: it says little of a step. */
    private String gauges(PhaseResult phase) {
        return phase.gaugeMax().entrySet().stream()
                .filter(gauge -> !GaugeSeries.ofEngine(gauge.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .limit(SummaryWriter.MAX_LIST)
                .map(gauge -> Text.line(gauge.getKey(), 60) + " " + formatted(gauge.getKey(), gauge.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String formatted(String gauge, double value) {
        Unit unit = result.gauge(gauge).map(GaugeSeries::unit).orElse(Unit.COUNT);
        return unit.format(value);
    }

    private static String timeOrDash(@Nullable Duration time) {
        return time == null ? "-" : Times.format(time);
    }
}
