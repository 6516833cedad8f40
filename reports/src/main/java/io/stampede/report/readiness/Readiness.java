package io.stampede.report.readiness;

import io.stampede.report.allure.AllureReport;
import io.stampede.report.allure.ReportSettings;
import io.stampede.report.text.Links;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The readiness checklist of a build, as far as its test plans have come, and the files that show it. */
public final class Readiness {

    private final Path directory;
    private final Shown shown;
    private final @Nullable String commit;
    private Checklist checklist;

    private Readiness(Path directory, Shown shown, @Nullable String commit) throws IOException {
        this.directory = directory;
        this.shown = shown;
        this.commit = commit;
        this.checklist = draw(shown, UnaryOperator.identity());
    }

    /**
     * Adds what a test plan has shown to what the build's earlier ones have, and writes the checklist of all. Empty where
     * the plan says nothing of it.
     */
    public static Optional<Readiness> of(Shown shown, @Nullable String commit) throws IOException {
        Path directory = ReportSettings.readinessDirectory();
        return shown.evidence().isEmpty()
                        && !new ReadinessFile(directory)
                                .read()
                                .knowsAnyOf(shown.ended().keySet())
                ? Optional.empty()
                : Optional.of(new Readiness(directory, shown, commit));
    }

    private Checklist draw(Shown later, UnaryOperator<Evidence> known) throws IOException {
        Instant now = Instant.now();
        Duration maxAge = ReportSettings.readinessMaxAge();
        Checklist[] drawn = new Checklist[1];
        new ReadinessFile(directory).add(later, known, ledger -> {
            Checklist all = Checklist.of(ledger.evidence(), now, maxAge, commit);
            ReadinessFile.replace(page(), ReadinessPage.of(all, true));
            ReadinessFile.replace(directory.resolve("readiness.md"), ReadinessMarkdown.of(all));
            drawn[0] = all;
        });
        return drawn[0];
    }

    private Path page() {
        return directory.resolve("readiness.html");
    }

    /** Puts it among Allure's results, before a report is made of them. */
    public void addTo(Path results, Path report) throws IOException {
        ReadinessResult.write(results, checklist, report, page());
    }

    /** Links what was shown to where Allure's page shows it. */
    public void shownIn(AllureReport.Page page) throws IOException {
        List<Evidence> placed = shown.evidence().stream()
                .map(one -> one.shownAt(place(one, page)))
                .toList();
        // What has ended was counted the first time.
        checklist = draw(new Shown(placed, Map.of()), known -> stillShown(known, page));
    }

    /**
     * The page may be made anew by each JVM of a build: links of an earlier one would lead to nothing in it. What was to be
     * shown again and was not has its test in it.
     */
    private Evidence stillShown(Evidence known, AllureReport.Page page) {
        String link = known.allure();
        return shown.ended().containsKey(known.test())
                        || (link != null && link.startsWith(Links.relative(directory, page.file())))
                ? known.shownAt(place(known, page))
                : known;
    }

    private @Nullable String place(Evidence evidence, AllureReport.Page page) {
        Map<String, String> tests = page.tests();
        String place = tests.get(evidence.test().replace('#', '.'));
        return place == null ? null : Links.relative(directory, page.file()) + place;
    }

    /** One line for the console. */
    public String sentence() {
        return String.format(Locale.ROOT, "Readiness: %s, %s: %s", checklist.headline(), checklist.counts(), page());
    }
}
