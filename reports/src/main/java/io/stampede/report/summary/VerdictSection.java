package io.stampede.report.summary;

import io.stampede.metric.Band;
import io.stampede.report.text.Headline;
import io.stampede.report.text.Html;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import io.stampede.verdict.Verdict.Reading.Standing;
import java.util.List;
import java.util.Locale;

/** How the run was judged: a row for each target, and whether its figures say anything of the target. */
final class VerdictSection {

    private final LoadResult result;
    private final Verdict verdict;
    private final SummaryWriter page;

    VerdictSection(LoadResult result, Verdict verdict, SummaryWriter page) {
        this.result = result;
        this.verdict = verdict;
        this.page = page;
    }

    void write() {
        page.heading("Verdict");
        rows();
        validity();
        verdict.notes().stream().limit(SummaryWriter.MAX_LIST).forEach(page::paragraph);
    }

    private void rows() {
        if (verdict.rows().isEmpty()) {
            page.paragraph("No targets were given, so nothing was judged.");
            return;
        }
        page.table("scroll", "verdict", 0, "Verdict", "Metric", "Measured", "Target", "Acceptable", "Note");
        verdict.rows().stream().limit(SummaryWriter.MAX_ROWS).forEach(this::row);
        page.endTable();
        page.paragraph("Targets: " + result.scenario().targets().source() + ". The test fails on "
                + (result.scenario().failOn() == Band.ACCEPTABLE ? "ACCEPTABLE, CRITICAL" : "CRITICAL")
                + " and NO DATA.");
    }

    private void row(Verdict.Row row) {
        Band band = row.band();
        page.html().open("tr").with("class", style(band)).with("data-band", band.name());
        page.band(Headline.mark(band), band.label());
        page.cell(row.label());
        page.cell("actual", row.actual(), row.value());
        page.cell(row.target());
        page.cell(row.acceptable());
        page.cell("note", row.note());
        page.endRow();
    }

    private static String style(Band band) {
        return "band-" + band.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A sentence, with a link to the table further down. */
    private void validity() {
        List<Verdict.Reading> judged = verdict.generator().stream()
                .filter(reading -> reading.standing() != Standing.NOT_JUDGED)
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        long broken = judged.stream()
                .filter(reading -> reading.standing() == Standing.BROKEN)
                .count();
        Html html = page.html();
        html.open("p").with("class", "validity").element("b", "Validity:").text(" ");
        html.text(
                broken == 0
                        ? "✔ the load generator kept all " + judged.size() + " of its limits"
                        : "✖ the load generator broke " + broken + " of its " + judged.size() + " limits");
        html.text("; see ")
                .open("a")
                .with("href", "#" + EnvironmentSection.GENERATOR)
                .text("Load generator");
        html.close("a").text(".").close("p").line();
    }
}
