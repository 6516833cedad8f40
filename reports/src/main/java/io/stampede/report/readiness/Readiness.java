package io.stampede.report.readiness;

import io.stampede.internal.format.AtomicFiles;
import io.stampede.report.text.Console;
import io.stampede.report.text.Links;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final PlanEvidence shown;
    private final Duration maxAge;
    private final @Nullable String commit;
    private final ReadinessFile file;
    private Checklist checklist;

    private Readiness(Path directory, PlanEvidence shown, Duration maxAge, @Nullable String commit, ReadinessFile file)
            throws IOException {
        this.directory = directory;
        this.shown = shown;
        this.maxAge = maxAge;
        this.commit = commit;
        this.file = file;
        this.checklist = draw(shown, UnaryOperator.identity());
    }

    /**
     * Takes what a test plan has shown from its log, adds it to what the build's earlier ones have, and writes the checklist of all. Empty if
     * the plan says nothing of readiness.
     *
     * @param maxAge older evidence does not count
     * @param commit that is being built; null if it is not known
     */
    public static Optional<Readiness> of(
            Path directory, EvidenceLog log, Duration maxAge, @Nullable String commit, Console console)
            throws IOException {
        PlanEvidence shown = log.drain();
        ReadinessFile file = new ReadinessFile(directory, console);
        return shown.evidence().isEmpty()
                        && !file.read().knowsAnyOf(shown.ended().keySet())
                ? Optional.empty()
                : Optional.of(new Readiness(directory, shown, maxAge, commit, file));
    }

    private Checklist draw(PlanEvidence later, UnaryOperator<Evidence> known) throws IOException {
        Instant now = Instant.now();
        Checklist[] drawn = new Checklist[1];
        file.add(later, one -> known.apply(withoutLostPage(one)), ledger -> {
            Checklist all = Checklist.of(ledger.evidence(), now, maxAge, commit);
            write(page(), ReadinessPage.of(all, true));
            write(directory.resolve("readiness.md"), ReadinessMarkdown.of(all));
            drawn[0] = all;
        });
        return drawn[0];
    }

    /** A build that began meanwhile may have removed the page of a load test that it did not run. */
    private Evidence withoutLostPage(Evidence known) {
        String page = known.page();
        return page == null || Links.leadsSomewhere(directory, page) ? known : known.withoutPage();
    }

    private static void write(Path file, String content) throws IOException {
        AtomicFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path page() {
        return directory.resolve("readiness.html");
    }

    /** Puts it among Allure's results, before a report is made of them. */
    public void addTo(Path results, Path report) throws IOException {
        ReadinessResult.write(results, checklist, report, page());
    }

    /**
     * Links what was shown to where Allure's page shows it.
     *
     * @param page of Allure
     * @param tests where in it each test is, by the test's full name: what follows the page's address
     */
    public void shownIn(Path page, Map<String, String> tests) throws IOException {
        String link = Links.relative(directory, page);
        List<Evidence> placed = shown.evidence().stream()
                .map(one -> one.shownAt(place(one, link, tests)))
                .toList();
        // What has ended was counted the first time.
        checklist = draw(new PlanEvidence(placed, Map.of()), known -> stillShown(known, link, tests));
    }

    /**
     * The page may be made anew by each JVM of a build: links of an earlier one would lead to nothing in it. What was to be
     * shown again and was not has its test in it.
     */
    private Evidence stillShown(Evidence known, String page, Map<String, String> tests) {
        String link = known.allure();
        return shown.ended().containsKey(known.test()) || (link != null && link.startsWith(page))
                ? known.shownAt(place(known, page, tests))
                : known;
    }

    private static @Nullable String place(Evidence evidence, String page, Map<String, String> tests) {
        String place = tests.get(evidence.test().replace('#', '.'));
        return place == null ? null : page + place;
    }

    /** One line for the console. */
    public String sentence() {
        return String.format(Locale.ROOT, "Readiness: %s, %s: %s", checklist.headline(), checklist.counts(), page());
    }
}
