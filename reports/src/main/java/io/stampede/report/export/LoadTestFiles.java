package io.stampede.report.export;

import io.stampede.internal.report.ResultJson;
import io.stampede.report.summary.HtmlSummary;
import io.stampede.report.text.Console;
import io.stampede.result.LoadResult;
import io.stampede.verdict.Verdict;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the files of one load test: its summary, JSON, CSV series and interval log. */
public final class LoadTestFiles {

    /** The name of the page that people read. */
    public static final String SUMMARY = "summary.html";

    /** JSON that is larger is attached without what makes it large; the file has all of it. */
    private static final int MAX_JSON = 600_000;

    /** How each is made: a method that may fail without the others failing. */
    private record Recipe(String name, Supplier<LoadTestFile> make) {}

    private final LoadResult result;
    private final Verdict verdict;
    private final @Nullable String test;
    private final Console console;

    /** @param test that the load test ran in, as {@code package.Outer$Inner#method}; null if it is not known */
    public LoadTestFiles(LoadResult result, Verdict verdict, @Nullable String test, Console console) {
        this.result = result;
        this.verdict = verdict;
        this.test = test;
        this.console = console;
    }

    /** Those that could be made, all at once: in a cold JVM the charts alone take more than a second. */
    public List<LoadTestFile> make() {
        List<Recipe> recipes = List.of(
                new Recipe(SUMMARY, this::summary),
                new Recipe("result.json", this::json),
                new Recipe("series.csv", () -> csv("Series (CSV)", "series.csv", CsvSeries.of(result))),
                new Recipe("gauges.csv", () -> csv("Gauges (CSV)", "gauges.csv", CsvSeries.gauges(result))),
                new Recipe("intervals.hlog", this::intervals));
        ExecutorService threads = threads(recipes.size());
        try {
            List<CompletableFuture<Optional<LoadTestFile>>> files = recipes.stream()
                    .map(recipe -> CompletableFuture.supplyAsync(() -> made(recipe), threads))
                    .toList();
            return files.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    /** Threads that inherit nothing: Allure would take what they do later for a part of this test. */
    private static ExecutorService threads(int most) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Executors.newFixedThreadPool(Math.min(most, Runtime.getRuntime().availableProcessors()), task -> {
            Thread thread = new Thread(null, task, "stampede-report", 0, false);
            thread.setContextClassLoader(loader);
            thread.setDaemon(true);
            return thread;
        });
    }

    private Optional<LoadTestFile> made(Recipe recipe) {
        try {
            return Optional.of(recipe.make().get());
        } catch (RuntimeException | LinkageError e) {
            console.error(recipe.name() + " could not be made", e);
            return Optional.empty();
        }
    }

    private LoadTestFile summary() {
        return file("Load test summary", SUMMARY, "text/html", utf8(HtmlSummary.of(result, verdict, test)));
    }

    private LoadTestFile json() {
        byte[] whole = json(result);
        return new LoadTestFile(
                "Result (JSON)",
                "result.json",
                "application/json",
                whole,
                () -> whole.length <= MAX_JSON ? whole : json(LeanResult.of(result)));
    }

    private byte[] json(LoadResult written) {
        StringWriter writer = new StringWriter();
        ResultJson.write(written, verdict, writer);
        return utf8(writer.toString());
    }

    private static LoadTestFile csv(String title, String name, String csv) {
        return file(title, name, "text/csv", utf8(csv));
    }

    private LoadTestFile intervals() {
        return file("Interval log (HdrHistogram)", "intervals.hlog", "text/plain", IntervalLog.of(result));
    }

    private static LoadTestFile file(String title, String name, String type, byte[] content) {
        return new LoadTestFile(title, name, type, content, () -> content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
