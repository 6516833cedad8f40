package io.stampede.report.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.text.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BuildFolderTests {

    private static final Build MAVEN = new Build("100@1000", true);
    private static final Build DAEMON = new Build("7@1", false);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> removed = new ArrayList<>();
    private final BuildFolder.Remains remains = new BuildFolder.Remains() {
        @Override
        public void removeResults() {
            removed.add("results");
        }

        @Override
        public void removeLoadTests() {
            removed.add("load tests");
        }
    };

    /** As a JVM of a build has it. */
    private BuildFolder folder(Build build) {
        return new BuildFolder(directory, build, Console.to(new PrintStream(output, true, StandardCharsets.UTF_8)));
    }

    @Test
    void onlyTheFirstJvmOfABuildRemovesWhatTheBuildBeforeLeft() throws IOException {
        folder(MAVEN).enter(Set.of("A"), true, remains);
        folder(MAVEN).enter(Set.of("B"), true, remains);
        folder(MAVEN).enter(Set.of("A"), true, remains); // another execution of the same build

        assertThat(removed).containsExactly("results", "load tests");

        folder(new Build("100@9000", true)).enter(Set.of("A"), true, remains);

        assertThat(removed).containsExactly("results", "load tests", "results", "load tests");
    }

    @Test
    void buildWithoutLoadTestsLeavesThoseOfTheLastOne() throws IOException {
        folder(MAVEN).enter(Set.of("A"), true, remains);
        removed.clear();
        Build next = new Build("200@1", true);

        folder(next).enter(Set.of("UnitTests"), false, remains);
        assertThat(removed).containsExactly("results");

        folder(next).enter(Set.of("A"), true, remains);
        assertThat(removed).containsExactly("results", "load tests");
    }

    @Test
    void loadTestThatNoPlanAnnouncedRemovesThoseOfTheLastBuild() throws IOException {
        folder(MAVEN).enter(Set.of("A"), false, remains);
        removed.clear();

        BuildFolder jvm = folder(MAVEN);
        jvm.enter(Set.of("B"), false, remains);
        jvm.claim("A.load", null, remains);
        jvm.claim("A.other", null, remains);

        assertThat(removed).containsExactly("load tests");
    }

    @Test
    void jvmsOfADaemonAreOfOneBuildUntilATestComesAgain() throws IOException {
        folder(DAEMON).enter(Set.of("A"), true, remains);
        folder(DAEMON).enter(Set.of("B"), true, remains);
        assertThat(removed).containsExactly("results", "load tests");

        folder(DAEMON).enter(Set.of("A"), true, remains);
        assertThat(removed).as("the next build").containsExactly("results", "load tests", "results", "load tests");
    }

    @Test
    void planThatRepeatsFailuresInAJvmBelongsToItsBuild() throws IOException {
        BuildFolder jvm = folder(DAEMON);
        jvm.enter(Set.of("A"), true, remains);
        jvm.enter(Set.of("A"), true, remains);

        assertThat(removed).containsExactly("results", "load tests");
    }

    @Test
    void jvmsOfADaemonAreOfOneBuildOnlyWithinAWhile() {
        Jvm jvm = new Jvm(1, 1, "one", Set.of("A"));
        Jvm next = new Jvm(2, 1, "two", Set.of("B"));
        Instant began = Instant.parse("2026-05-04T10:20:30Z");
        BuildState state = BuildState.begun(DAEMON).with(DAEMON, jvm, began);

        assertThat(state.includes(DAEMON, next, none -> false, began.plus(Duration.ofMinutes(9))))
                .isTrue();
        assertThat(state.includes(DAEMON, next, none -> false, began.plus(Duration.ofMinutes(11))))
                .isFalse();
        assertThat(state.includes(DAEMON, next, jvm::sameAs, began.plus(Duration.ofHours(3))))
                .as("while it runs")
                .isTrue();
    }

    @Test
    void nothingIsRemovedOfABuildThatIsStillRunning() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Idle.class.getName())
                .start();
        try {
            long start = other.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
            BuildState theirs = BuildState.begun(DAEMON)
                    .with(DAEMON, new Jvm(other.pid(), start, "theirs", Set.of("A")), Instant.now());
            Files.writeString(directory.resolve("build.json"), BuildJson.write(theirs));

            folder(MAVEN).enter(Set.of("A"), false, remains);

            assertThat(removed).isEmpty();
            assertThat(output.toString(StandardCharsets.UTF_8))
                    .contains("another build, process " + other.pid() + ", is still writing to " + directory);
        } finally {
            other.destroyForcibly().waitFor();
        }

        folder(MAVEN).enter(Set.of("B"), false, remains);
        assertThat(removed).as("both are one now").isEmpty();
    }

    /** A process that does nothing until its standard input ends. */
    static final class Idle {
        public static void main(String[] args) throws IOException {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Test
    void eachLoadTestHasADirectoryOfItsOwnInAnyLetterCase() throws IOException {
        BuildFolder one = folder(MAVEN);
        BuildFolder other = folder(MAVEN);

        assertThat(one.claim("Shop.load", "io.a.Shop#load", remains)).isEqualTo("Shop.load");
        assertThat(other.claim("Shop.load", "io.b.Shop#load", remains)).isEqualTo("io.b.Shop.load");
        assertThat(one.claim("Shop.load", "io.a.Shop#load", remains)).isEqualTo("Shop.load-2");
        assertThat(one.claim("Shop.Load", "io.a.Shop#Load", remains)).isEqualTo("io.a.Shop.Load");
        assertThat(one.claim("Shop.LOAD", "io.a.Shop#LOAD", remains)).matches("io\\.a\\.Shop-LOAD-Shop\\.LOAD-.*");
        assertThat(one.claim("Shop.load", null, remains)).matches("Shop\\.load-[0-9a-f]{10}");
    }

    @Test
    void whatManyAddAtOnceIsAllThere() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> names = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String test = "io.p" + i + ".Shop#load";
                names.add(threads.submit(() -> {
                    BuildFolder jvm = folder(MAVEN);
                    jvm.enter(Set.of(test), true, remains);
                    String name = jvm.claim("Shop.load", test, remains);
                    jvm.report(Map.of("name", name), (parts, first) -> {});
                    return name;
                }));
            }
            Set<String> all = new HashSet<>();
            for (Future<String> name : names) {
                all.add(name.get());
            }
            assertThat(all).hasSize(24);
            List<Object> parts = new ArrayList<>();
            folder(MAVEN).report(null, (these, first) -> {
                assertThat(first).isFalse();
                parts.addAll(these);
            });
            assertThat(parts).hasSize(24);
        } finally {
            threads.shutdownNow();
        }
        assertThat(removed).containsExactly("results", "load tests");
    }

    @Test
    void stateThatIsNotReadableBeginsANewBuild() throws IOException {
        Files.writeString(directory.resolve("build.json"), "{\"schema\":99}");

        folder(MAVEN).enter(Set.of("A"), true, remains);

        assertThat(removed).containsExactly("results", "load tests");
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("schema must be 1, but was 99");
    }
}
