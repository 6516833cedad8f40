package io.stampede.report.summary;

import io.stampede.internal.format.Numbers;
import io.stampede.report.text.DisplayUnit;
import io.stampede.report.text.Html;
import io.stampede.report.text.Text;
import io.stampede.result.GaugeSeries;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What surrounded the load: the gauges, the load generator, the machine. */
final class EnvironmentSection {

    /** The anchor of the load generator's table. */
    static final String GENERATOR = "generator";

    private final LoadResult result;
    private final Verdict verdict;
    private final SummaryWriter page;

    EnvironmentSection(LoadResult result, Verdict verdict, SummaryWriter page) {
        this.result = result;
        this.verdict = verdict;
        this.page = page;
    }

    void write() {
        if (!result.gauges().isEmpty()) {
            gauges();
        }
        generator();
        machine();
    }

    private void gauges() {
        page.heading("Gauges");
        page.table(
                "scroll", "figures", 0, "Gauge", "min", "mean", "max", "last", "after recovery", "samples", "errors");
        result.gauges().stream().limit(SummaryWriter.MAX_ROWS).forEach(this::gauge);
        page.endTable();
    }

    private void gauge(GaugeSeries gauge) {
        String name = Text.line(gauge.name(), 200);
        Html html = page.html();
        html.open("tr").with("data-gauge", name);
        html.open("th").with("scope", "row").text(name);
        gauge.reads()
                .fault()
                .or(gauge.reads()::failures)
                .ifPresent(fault -> html.element("small", Text.line(fault, 250)));
        html.close("th");
        DisplayUnit unit = DisplayUnit.of(gauge.unit());
        page.number("min", gauge.min(), unit::format);
        page.number("mean", gauge.mean(), unit::format);
        page.number("max", gauge.max(), unit::format);
        page.number("last", gauge.last(), unit::format);
        page.number("afterRecovery", gauge.afterRecovery(), unit::format);
        page.count("samples", gauge.samples());
        page.count("errors", gauge.errors());
        page.endRow();
    }

    private void generator() {
        page.html()
                .open("h2")
                .with("id", GENERATOR)
                .text("Load generator")
                .close("h2")
                .line();
        if (verdict.generator().isEmpty()) {
            page.paragraph("It was not watched.");
            return;
        }
        page.table("scroll", "verdict", 0, "Standing", "Figure", "Measured", "Limit", "Note");
        verdict.generator().forEach(this::reading);
        page.endTable();
        page.paragraph("A run that breaks a limit says nothing about the target (stampede.validity = "
                + result.generator().limits().mode().name().toLowerCase(Locale.ROOT) + ").");
    }

    private void reading(Verdict.Reading reading) {
        String label = reading.standing().label();
        switch (reading.standing()) {
            case KEPT -> page.row("band-target", "✔", label);
            case BROKEN -> page.row("band-critical", "✖", label);
            case NOT_JUDGED -> page.row("", "", label);
        }
        page.cell(reading.figure().label());
        page.cell("actual", reading.actual());
        page.cell(reading.limit());
        page.cell("note", reading.note());
        page.endRow();
    }

    private void machine() {
        page.heading("Machine");
        Machine machine = result.machine();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("System", machine.os() + ", " + machine.arch());
        facts.put("Processors", Integer.toString(machine.processors()));
        facts.put("Heap", Numbers.count(machine.memoryBytes() / (1024 * 1024)) + " MiB at most");
        facts.put("Java", machine.java() + ", " + machine.jvm());
        facts.put("Threads", machine.threads());
        page.pairs(facts);
    }
}
