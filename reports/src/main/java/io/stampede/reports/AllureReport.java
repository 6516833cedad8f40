package io.stampede.reports;

import io.qameta.allure.ConfigurationBuilder;
import io.qameta.allure.ReportGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Allure's HTML report, as one file that opens from the file system and loads nothing from elsewhere. The only class
 * that knows the generator.
 */
final class AllureReport {

    private static final Pattern FOREIGN_SCRIPT =
            Pattern.compile("<script\\b[^>]*\\bsrc=\"(?:https?:)?//[^\"]*\"[^>]*>\\s*</script>");
    private static final Pattern ANALYTICS = Pattern.compile("\\s*gtag\\('(?:js|config)',(?:[^;{]|\\{[^}]*})*\\);");
    private static final Pattern HISTORY = Pattern.compile("d\\('history/([a-z-]+\\.json)','([A-Za-z0-9+/=]*)'\\)");

    // Were anything left that asks for another host, the browser would refuse.
    private static final String POLICY =
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' data:"
                    + " blob: 'unsafe-inline' 'unsafe-eval'\">";

    private final Path results;
    private final Path report;
    private final Path history;

    /** @param directory of all reports */
    AllureReport(Path results, Path directory) {
        this.results = results;
        this.report = directory.resolve("allure-report");
        this.history = directory.resolve("history");
    }

    /** Makes the report and keeps its history for the next. */
    Path generate() throws IOException {
        copy(history, results.resolve("history"));
        Directories.delete(report);
        new ReportGenerator(ConfigurationBuilder.bundled()
                        .withReportName("Load tests")
                        .build())
                .generateSingleFile(report, List.of(results));
        Path page = report.resolve("index.html");
        String html = Files.readString(page, StandardCharsets.UTF_8);
        keepHistory(html);
        Files.writeString(page, secluded(html), StandardCharsets.UTF_8);
        return page;
    }

    /** The page without what it would load from or tell to others. */
    static String secluded(String html) {
        String page = FOREIGN_SCRIPT.matcher(html).replaceAll("");
        page = ANALYTICS.matcher(page).replaceAll("");
        return page.replaceFirst("<head>", "<head>\n    " + Matcher.quoteReplacement(POLICY));
    }

    // A single file has no history directory of its own, but carries the same files within.
    private void keepHistory(String html) throws IOException {
        Files.createDirectories(history);
        Matcher matcher = HISTORY.matcher(html);
        while (matcher.find()) {
            Files.write(history.resolve(matcher.group(1)), Base64.getDecoder().decode(matcher.group(2)));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
