package io.stampede.report.allure;

import io.qameta.allure.ConfigurationBuilder;
import io.qameta.allure.ReportGenerator;
import io.stampede.internal.format.AtomicFiles;
import io.stampede.report.text.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Allure's HTML report, as one file that opens from the file system and loads nothing from elsewhere. The only class
 * that knows the generator.
 */
final class AllureReport {

    // Attribute by attribute: scripts within the page are megabytes of one attribute, which must not be searched.
    private static final Pattern FOREIGN_SCRIPT = Pattern.compile(
            "<script(?:\\s+(?!src=)[\\w-]+(?:=\"[^\"]*\")?)*+\\s+" + "src=\"(?:https?:)?//[^\"]*\"[^>]*>\\s*</script>");
    private static final Pattern ANALYTICS = Pattern.compile("gtag\\('(?:js|config)',(?:[^;{]|\\{[^}]*})*\\);");
    private static final Pattern HISTORY = Pattern.compile("d\\('history/([a-z-]+\\.json)','([A-Za-z0-9+/=]*)'\\)");

    private static final Pattern TEST =
            Pattern.compile("d\\('data/test-cases/([0-9a-f]+)\\.json','([A-Za-z0-9+/=]*)'\\)");
    private static final Pattern FULL_NAME = Pattern.compile("\"fullName\"\\s*:\\s*\"([^\"\\\\]*)\"");

    // Were anything left that asks for another host, the browser would refuse.
    private static final String POLICY =
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' data:"
                    + " blob: 'unsafe-inline' 'unsafe-eval'\">";

    private final Path results;
    private final Path report;
    private final Path history;

    /**
     * @param report where the page goes; what is there is removed
     * @param history of the last runs, which outlives what a build cleans
     */
    AllureReport(Path results, Path report, Path history) {
        this.results = results;
        this.report = report;
        this.history = history;
    }

    /**
     * Makes the report and keeps its history for the next.
     *
     * @param first whether it is the first of its build; the others take its place in the history too
     */
    Page generate(boolean first) throws IOException {
        if (first) {
            copy(history, results.resolve("history"));
        }
        Directories.delete(report);
        new ReportGenerator(ConfigurationBuilder.bundled()
                        .withReportName("Load tests")
                        .build())
                .generateSingleFile(report, List.of(results));
        Path page = report.resolve("index.html");
        String html = Files.readString(page, StandardCharsets.UTF_8);
        keepHistory(html);
        Files.writeString(page, secluded(html), StandardCharsets.UTF_8);
        return new Page(page, tests(html));
    }

    /**
     * The page that was made.
     *
     * @param tests where in it each test is, by the test's full name: what follows the page's address
     */
    record Page(Path file, Map<String, String> tests) {}

    private static Map<String, String> tests(String html) {
        Map<String, String> tests = new HashMap<>();
        Matcher matcher = TEST.matcher(html);
        while (matcher.find()) {
            String json = new String(Base64.getDecoder().decode(matcher.group(2)), StandardCharsets.UTF_8);
            Matcher name = FULL_NAME.matcher(json);
            if (name.find()) {
                tests.put(name.group(1), "#testresult/" + matcher.group(1));
            }
        }
        return tests;
    }

    /** The page without what it would load from or tell to others. */
    static String secluded(String html) {
        String page = without(FOREIGN_SCRIPT, "<script", html);
        page = without(ANALYTICS, "gtag(", page);
        return page.replaceFirst("<head>", "<head>\n    " + Matcher.quoteReplacement(POLICY));
    }

    /** What the pattern finds is left out. It is tried only where a match can begin, since pages have many megabytes. */
    private static String without(Pattern pattern, String beginning, String html) {
        Matcher matcher = pattern.matcher(html);
        StringBuilder page = new StringBuilder(html.length());
        int copied = 0;
        for (int at = html.indexOf(beginning); at >= 0; at = html.indexOf(beginning, at + 1)) {
            if (at >= copied && matcher.region(at, html.length()).lookingAt()) {
                page.append(html, copied, at);
                copied = matcher.end();
            }
        }
        return page.append(html, copied, html.length()).toString();
    }

    // A single file has no history directory of its own, but carries the same files within.
    private void keepHistory(String html) throws IOException {
        Files.createDirectories(history);
        Matcher matcher = HISTORY.matcher(html);
        while (matcher.find()) {
            AtomicFiles.write(
                    history.resolve(matcher.group(1)), Base64.getDecoder().decode(matcher.group(2)));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
