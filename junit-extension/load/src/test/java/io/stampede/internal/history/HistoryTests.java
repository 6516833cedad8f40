package io.stampede.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Measure;
import io.stampede.baseline.Standing;
import io.stampede.internal.baseline.Comparer;
import io.stampede.internal.baseline.Fingerprint;
import io.stampede.internal.baseline.Retention;
import io.stampede.internal.baseline.StoredRun;
import io.stampede.internal.format.FileNames;
import io.stampede.internal.recorder.HistogramCodec;
import io.stampede.internal.verdict.Results;
import io.stampede.scenario.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HistoryTests {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();
    private final Fingerprint here = fingerprint("here");

    private static Fingerprint fingerprint(String machine) {
        return new Fingerprint(Map.of("machine", machine, "plan", "100 at once"));
    }

    private History history(int keep) {
        return new History(directory.resolve("history"), keep, warnings::add);
    }

    private StoredRun run(int hour) {
        return run("Shop.checkout", here, hour);
    }

    private static StoredRun run(String scenario, Fingerprint fingerprint, int hour) {
        Results results = Results.basic()
                .named(scenario)
                .workload(Workload.paced(1000, Duration.ofMillis(10)))
                .counts(1000, 3)
                .responseTime(Results.times(1000, Duration.ofNanos(1_000_447))) // as a histogram has it
                .serviceTime(Results.times(1000, Duration.ofNanos(500_223)));
        for (int second = 0; second < 10; second++) {
            results.interval(second, Results.times(150 + second, Duration.ofMillis(second + 1)));
        }
        StoredRun run = StoredRun.of(results.build(), fingerprint, Map.of("seed", "42", "commit", "abc"));
        return new StoredRun(
                run.scenario(),
                START.plus(Duration.ofHours(hour)),
                run.fingerprint(),
                hour == 1 ? Standing.FASTER : Standing.SAME,
                hour == 1,
                run.notes(),
                run.outcomes(),
                run.elapsed(),
                run.figures(),
                run.slices());
    }

    @Test
    void givesBackWhatItTook() throws IOException {
        history(50).store(run(2));
        history(50).store(run(1));

        List<StoredRun> runs = history(50).runs("Shop.checkout", here);

        assertThat(runs).extracting(StoredRun::startedAt).isSorted();
        StoredRun kept = run(1);
        assertThat(kept.slices()).hasSizeGreaterThan(5);
        assertThat(runs.get(0))
                .usingRecursiveComparison()
                .ignoringFields("outcomes.responseTime", "outcomes.serviceTime")
                .isEqualTo(kept);
        String json = Files.readString(files().get(0));
        assertThat(json)
                .contains("\"responseTime\":\""
                        + HistogramCodec.encode(kept.outcomes().responseTime()) + "\"")
                .contains("\"serviceTime\":\""
                        + HistogramCodec.encode(kept.outcomes().serviceTime()) + "\"");
        assertThat(files().get(0).getFileName().toString())
                .matches("20260102T040405\\.678Z-" + here.id() + "-[0-9a-f]{8}\\.json");
        assertThat(warnings).isEmpty();
    }

    @Test
    void knowsNothingBeforeTheFirstRun() {
        assertThat(history(50).runs("Shop.checkout", here)).isEmpty();
        assertThat(history(50).latestOther("Shop.checkout", here)).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void keepsTheLastRunsOfEachFingerprint() throws IOException {
        Fingerprint there = fingerprint("there");
        history(50).store(run("Shop.checkout", there, 0));
        for (int hour = 0; hour < 9; hour++) {
            history(6).store(run(hour));
        }

        assertThat(history(6).runs("Shop.checkout", here))
                .extracting(run -> Duration.between(START, run.startedAt()).toHours())
                .containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(history(6).runs("Shop.checkout", there)).hasSize(1);
        assertThat(files()).hasSize(7);
    }

    @Test
    void refusesABuildHoweverOftenItIsRepeated() {
        for (int hour = 0; hour < 8; hour++) {
            history(5).store(run(hour).standing(Standing.SAME, false));
        }

        for (int hour = 8; hour < 70; hour++) {
            StoredRun slow = slower(run(hour));
            Comparison comparison = Comparer.compare(slow, history(5).runs("Shop.checkout", here), null, 0.1);

            assertThat(comparison.state()).as("repeated in hour %d", hour).isEqualTo(Comparison.State.SLOWER);
            assertThat(comparison.runs()).isEqualTo(5);
            history(5).store(slow.standing(Standing.REFUSED, false));
        }
        assertThat(history(5).runs("Shop.checkout", here)).hasSize(5 + Retention.OTHERS);
    }

    @Test
    void takesALastingSlowdownForTheNewLevelHoweverFewRunsAreKept() {
        for (int hour = 0; hour < 8; hour++) {
            history(5).store(run(hour).standing(Standing.SAME, false));
        }

        List<Comparison.State> states = new ArrayList<>();
        for (int hour = 8; hour < 14; hour++) {
            StoredRun slow = slower(run(hour));
            Comparison comparison = Comparer.compare(slow, history(5).runs("Shop.checkout", here), null, null);
            states.add(comparison.state());
            history(5)
                    .store(slow.standing(
                            comparison.state() == Comparison.State.SLOWER ? Standing.SLOWER : Standing.SAME, false));
        }

        assertThat(states.subList(0, 5)).containsOnly(Comparison.State.SLOWER);
        assertThat(states.get(5)).isEqualTo(Comparison.State.NO_CHANGE);
    }

    private static StoredRun slower(StoredRun run) {
        Map<Measure, Double> figures = new EnumMap<>(run.figures());
        figures.replaceAll((measure, value) -> 2 * value);
        return new StoredRun(
                run.scenario(),
                run.startedAt(),
                run.fingerprint(),
                run.standing(),
                false,
                run.notes(),
                run.outcomes(),
                run.elapsed(),
                figures,
                List.of());
    }

    @Test
    void findsTheLatestRunOfAnotherFingerprint() {
        history(50).store(run("Shop.checkout", fingerprint("old"), 1));
        history(50).store(run("Shop.checkout", fingerprint("there"), 2));
        history(50).store(run(3));

        assertThat(history(50).latestOther("Shop.checkout", here)).contains(fingerprint("there"));
    }

    @Test
    void findsRunsInTheFoldersOfEarlierVersions() throws IOException {
        history(50).store(renamed("Shop.größe"));
        Path now = directory.resolve("history/" + FileNames.of("Shop.größe"));
        Path then = directory.resolve("history/Shop.gr-e-" + Integer.toHexString("Shop.größe".hashCode()));
        Files.move(now, then);

        assertThat(history(50).runs("Shop.größe", here)).hasSize(1);

        history(50).store(renamed("Shop.größe"));
        assertThat(history(50).runs("Shop.größe", here)).as("of both").hasSize(2);
    }

    @Test
    void findsRunsOfANameThatTheTestHadBefore() {
        history(50).store(renamed("Deep.load"));
        history(50).store(run("Deep.load", fingerprint("of another class"), 3));

        assertThat(history(50).runs("Outer.Deep.load", List.of("Deep.load"), here))
                .extracting(StoredRun::scenario)
                .containsExactly("Outer.Deep.load");
        assertThat(history(50).runs("Outer.Deep.load", here)).isEmpty();
    }

    @Test
    void tellsScenariosApartWhoseNamesAreNoFileNames() {
        List<String> names = List.of("../up", "a/b", "a:b", "a b", ".", "x".repeat(300), "x".repeat(301), "Ä", "Ö");
        names.forEach(name -> history(50).store(renamed(name)));

        for (String name : names) {
            assertThat(history(50).runs(name, here))
                    .extracting(StoredRun::scenario)
                    .containsExactly(name);
        }
        assertThat(directory.resolve("up")).doesNotExist();
        assertThat(warnings).isEmpty();
    }

    private StoredRun renamed(String name) {
        StoredRun run = run(0);
        return new StoredRun(
                name,
                run.startedAt(),
                run.fingerprint(),
                run.standing(),
                run.newLevel(),
                run.notes(),
                run.outcomes(),
                run.elapsed(),
                run.figures(),
                run.slices());
    }

    @Test
    void passesOverWhatItCannotReadAndLeavesItAsItIs() throws IOException {
        for (int hour = 0; hour < 7; hour++) {
            history(50).store(run(hour));
        }
        List<Path> files = files();
        String good = Files.readString(files.get(0));
        Files.writeString(files.get(0), good.substring(0, good.length() / 2));
        Files.writeString(files.get(1), good.replace("\"version\":1", "\"version\":2"));
        Files.writeString(files.get(2), "[]");
        Files.writeString(files.get(3), good.replace("\"succeeded\":1000", "\"succeeded\":\"all\""));
        Files.write(files.get(4), new byte[3_000_000]);
        Files.writeString(files.get(5), good.replace("\"SAME\"", "\"SIDEWAYS\""));

        assertThat(history(5).runs("Shop.checkout", here)).hasSize(1);
        assertThat(history(50).runs("Shop.checkout", here)).hasSize(1);
        assertThat(warnings)
                .anyMatch(warning -> warning.contains(files.get(1) + ": it has version 2, and this Stampede knows 1"))
                .anyMatch(warning -> warning.contains("it is no JSON object"))
                .anyMatch(warning -> warning.contains("it is longer than 1048576 bytes"))
                .anyMatch(warning -> warning.contains("it has no succeeded"))
                .allMatch(warning -> warning.startsWith("A run is passed over, "))
                .allMatch(warning -> warning.endsWith(". It is left as it is."));

        history(5).store(run(9));
        assertThat(files()).containsAll(files.subList(0, 6));
    }

    @Test
    void holdsNoHistogramOfEarlierRuns() {
        history(50).store(run(0));

        StoredRun kept = history(50).runs("Shop.checkout", here).get(0);

        assertThat(kept.outcomes().responseTime().size()
                        + kept.outcomes().serviceTime().size())
                .isZero();
        assertThat(kept.fingerprint()).as("shared by all").isSameAs(here);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsRegularFilesAlone() throws Exception {
        history(5).store(run(0));
        history(5).store(run(2));
        Path run = files().get(0);
        Path outside = Files.move(run, directory.resolve("outside.json"));
        List<Path> odd = IntStream.range(10, 13)
                .mapToObj(hour -> run.resolveSibling(
                        "20260101T" + hour + "0000.000Z-" + here.id() + "-0000000" + hour % 10 + ".json"))
                .toList();
        Files.createDirectory(odd.get(0));
        Files.createSymbolicLink(odd.get(1), outside);
        boolean pipes =
                new ProcessBuilder("mkfifo", odd.get(2).toString()).start().waitFor() == 0;

        assertThat(history(5).runs("Shop.checkout", here)).hasSize(1);
        assertThat(warnings)
                .hasSize(pipes ? 3 : 2)
                .allMatch(warning -> warning.endsWith(": it is no regular file. It is left as it is."));
        for (int hour = 3; hour < 12; hour++) {
            history(5).store(run(hour));
        }
        assertThat(odd.subList(0, pipes ? 3 : 2)).allMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        assertThat(outside).exists();
    }

    @Test
    void leavesNoTemporaryFileForLongerThanADay() throws IOException {
        history(5).store(run(0));
        Path run = files().get(0);
        Path old = Files.writeString(run.resolveSibling(run.getFileName() + ".tmp"), "half a r");
        Path recent = Files.writeString(
                run.resolveSibling(run.getFileName().toString().replaceFirst("^2026", "2025") + ".tmp"), "half");
        Path foreign = Files.writeString(run.resolveSibling("ours.json.tmp"), "ours");
        FileTime twoDaysAgo =
                FileTime.from(Files.getLastModifiedTime(run).toInstant().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(old, twoDaysAgo);
        Files.setLastModifiedTime(foreign, twoDaysAgo);

        history(5).store(run(2));

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(foreign).exists();
    }

    @Test
    void leavesRunsOfAnotherTestAloneThatShareItsFolder() throws IOException {
        // As on a file system that takes capital letters for small ones.
        history(5).store(run("shop.Checkout", here, 0));
        Path theirs = files().get(0);
        Path ours = directory.resolve("history/Shop.checkout");
        Files.createDirectories(ours);
        Path shared = Files.move(theirs, ours.resolve(theirs.getFileName()));
        for (int hour = 2; hour < 10; hour++) {
            history(5).store(run(hour));
        }

        assertThat(shared).exists();
        assertThat(history(5).runs("Shop.checkout", here)).hasSize(5);
        assertThat(files()).hasSize(6);
    }

    @Test
    void passesOverWhatIsJsonAndNoRun() throws IOException {
        for (String slices : List.of("[1,2]", "[\"x\"]", "[[]]", "[null]", "[{},1]", "{}", "[{\"operations\":{}}]")) {
            refuses("\"slices\":[]", "\"slices\":" + slices);
        }
        for (String time : List.of("+1000000000-12-31T23:59:59Z", "1969-12-31T23:59:59.9Z", "-0001-01-01T00:00:00Z")) {
            refuses("2026-01-02T03:04:05.678Z", time);
        }
        refuses("\"P50\":1", "\"P50\":1e99");
        refuses("\"P50\":1", "\"P50\":1e-99");
    }

    /** The one that was changed, and not the one beside it. */
    private void refuses(String part, String changed) throws IOException {
        history(50).store(withoutSlices(run(0)));
        history(50).store(withoutSlices(run(2)));
        Path file = files().get(0);
        String good = Files.readString(file);
        assertThat(good).contains(part);
        Files.writeString(file, good.replace(part, changed));
        warnings.clear();

        assertThat(history(50).runs("Shop.checkout", here)).as(changed).hasSize(1);
        assertThat(warnings).as(changed).singleElement().asString().contains(file.toString());
        for (Path each : files()) {
            Files.delete(each);
        }
    }

    private static StoredRun withoutSlices(StoredRun run) {
        return new StoredRun(
                run.scenario(),
                run.startedAt(),
                run.fingerprint(),
                run.standing(),
                run.newLevel(),
                run.notes(),
                run.outcomes(),
                run.elapsed(),
                run.figures(),
                List.of());
    }

    @Test
    void letsNoTextOfAFileToTheConsoleThatIsLongOrHasControlCharacters() throws IOException {
        for (String odd : List.of("x".repeat(201), "\\u001b[2J", "a\\nb", "\\u2028")) {
            refuses("\"here\"", "\"" + odd + "\"");
            refuses("\"machine\"", "\"" + odd + "\"");
            refuses("\"abc\"", "\"" + odd + "\"");
            refuses("\"Shop.checkout\"", "\"" + odd + "\"");
            refuses("\"SAME\"", "\"" + odd + "\"");
            refuses("\"P50\":", "\"" + odd + "\":-");
            assertThat(warnings)
                    .allMatch(warning ->
                            warning.length() < 400 + directory.toString().length());
            assertThat(warnings).noneMatch(warning -> warning.codePoints().anyMatch(Character::isISOControl));
        }
    }

    @Test
    void readsWhateverItWroteItself() throws IOException {
        List<String> odd =
                List.of("x".repeat(5000), "a\nb", "a\tb", "\u001b[2J", "\ud83d", "\ud83d\ude80".repeat(150), "");
        Set<Fingerprint> fingerprints = new HashSet<>();
        for (String text : odd) {
            for (Map<String, String> parts : List.of(Map.of("plan", text), Map.of("fact " + text, "is"))) {
                Fingerprint fingerprint = new Fingerprint(parts);
                String scenario = "a test " + text;
                history(50).store(run(scenario, fingerprint, 0));

                assertThat(history(50).runs(scenario, fingerprint))
                        .singleElement()
                        .satisfies(run -> {
                            assertThat(run.scenario()).isEqualTo(scenario);
                            assertThat(run.fingerprint()).isEqualTo(fingerprint);
                        });
                assertThat(StoredText.of(StoredText.of(fingerprint))).isEqualTo(StoredText.of(fingerprint));
                assertThat(history(50).latestOther(scenario, here)).isPresent();
                fingerprints.add(StoredText.of(fingerprint));
            }
        }
        assertThat(fingerprints).hasSize(2 * odd.size());
        assertThat(warnings).isEmpty();
    }

    @Test
    void saysThatARunIsTooMuchToBeReadAgain() {
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            facts.put("fact " + i, "is");
        }

        history(50).store(run("Shop.checkout", new Fingerprint(facts), 0));

        assertThat(history(50).runs("Shop.checkout", new Fingerprint(facts))).isEmpty();
        assertThat(warnings).singleElement().asString().endsWith(": its fingerprint are more than 200");
    }

    @Test
    void neverFailsWhateverAFileSays() throws IOException {
        for (int hour = 0; hour < 6; hour++) {
            history(50).store(run(hour).standing(Standing.SAME, false));
        }
        Path file = files().get(3);
        String good = Files.readString(file);
        Matcher tokens = Pattern.compile("\"[^\"]*\"|-?[0-9.]+(E-?[0-9]+)?|true|false|[\\[\\]{}:,]")
                .matcher(good);
        List<MatchResult> parts = tokens.results().toList();
        List<String> others = List.of(
                "null",
                "true",
                "0",
                "-1",
                "1e400",
                "9223372036854775807",
                "1e-400",
                "\"\"",
                "\"\\u001b[2J\"",
                "\"SLOWER\"",
                "\"+1000000000-12-31T23:59:59Z\"",
                "[]",
                "{}",
                "[[[]]]",
                "{\"a\":{}}",
                "[1,2]",
                "",
                ",",
                ":",
                "]",
                "}",
                "\"figures\"",
                "\"slices\"",
                "\"P50\"",
                "\"" + "x".repeat(5000) + "\"");
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                MatchResult part = parts.get(random.nextInt(parts.size()));
                if (part.end() <= text.length()) {
                    text.replace(part.start(), part.end(), others.get(random.nextInt(others.size())));
                }
            }
            if (random.nextInt(10) == 0) {
                text.setLength(random.nextInt(text.length()));
            }
            Files.writeString(file, text);

            List<StoredRun> runs = history(50).runs("Shop.checkout", here);
            assertThat(runs).as("%s", text).hasSizeGreaterThanOrEqualTo(5);
            Comparison comparison = Comparer.compare(run(9), runs, null, null);
            assertThat(comparison.statement()).isNotBlank();
        }
        assertThat(warnings).hasSizeBetween(500, 1499).allMatch(warning -> warning.contains(file.toString()));
    }

    @Test
    void readsFieldsOfALaterTimeThatItDoesNotKnow() throws IOException {
        history(50).store(run(0));
        Path file = files().get(0);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"version\":1", "\"version\":1,\"new\":{\"a\":[1,{\"b\":null}]},\"newer\":[2.5]"));

        assertThat(history(50).runs("Shop.checkout", here)).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        history(5).store(run(0));
        Path foreign = files().get(0).resolveSibling("README.md");
        Files.writeString(foreign, "ours");
        for (int hour = 0; hour < 7; hour++) {
            history(5).store(run(hour));
        }

        assertThat(foreign).hasContent("ours");
        assertThat(warnings).isEmpty();
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Files.writeString(directory.resolve("history"), "a file");

        history(5).store(run(0));

        assertThat(history(5).runs("Shop.checkout", here)).isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("The run of Shop.checkout could not be kept in " + directory.resolve("history"));
    }

    @Test
    void takesRunsOfSeveralBuildsAtOnce() throws Exception {
        ExecutorService builds = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> ended = new ArrayList<>();
            for (int build = 0; build < 4; build++) {
                ended.add(builds.submit(() -> IntStream.range(0, 20).forEach(i -> {
                    history(10).store(run(i));
                    history(10).runs("Shop.checkout", here);
                })));
            }
            for (Future<?> build : ended) {
                build.get();
            }
        } finally {
            builds.shutdownNow();
        }

        assertThat(history(100).runs("Shop.checkout", here)).hasSizeBetween(5, 13);
        assertThat(warnings).isEmpty();
        assertThat(files()).allMatch(file -> file.toString().endsWith(".json"));
    }

    @Test
    void namesTheProcessor() throws IOException {
        Path info = Files.writeString(
                directory.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: A CPU @ 2 GHz\nprocessor\t: 1\n");

        assertThat(Processor.model(info)).contains("A CPU @ 2 GHz");
        assertThat(Processor.model(directory.resolve("none"))).isEmpty();
        Files.writeString(info, "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd40\n\nprocessor\t: 1\n");
        assertThat(Processor.model(info)).contains("CPU part 0xd40 of implementer 0x41");
        assertThat(Processor.model()).isNotBlank();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("history"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
