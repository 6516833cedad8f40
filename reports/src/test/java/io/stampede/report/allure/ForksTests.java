package io.stampede.report.allure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVMs of a build, each a process of its own. The JVM of this test starts them all, as a daemon does. */
class ForksTests {

    private static final Pattern NAME = Pattern.compile("\"fullName\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern TREND = Pattern.compile("d\\('history/history-trend\\.json','([A-Za-z0-9+/=]*)'\\)");
    private static final String HERE = "io.stampede.report.allure.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void eachReportShowsAllForksOfItsBuildAndNoneOfTheBuildBefore() throws Exception {
        OwnJvm one = OwnJvm.begin(work, FirstForkTestCase.class);
        OwnJvm other = OwnJvm.begin(work, SecondForkTestCase.class);
        one.await();
        other.await();
        OwnJvm.run(work, PlainForkTestCase.class);

        assertThat(results())
                .containsExactlyInAnyOrder(
                        HERE + "FirstForkTestCase.sustained",
                        HERE + "FirstForkTestCase.plain",
                        HERE + "SecondForkTestCase.endurance",
                        HERE + "SecondForkTestCase.plain",
                        HERE + "PlainForkTestCase.withoutLoad",
                        "stampede.readiness");
        assertThat(shown()).as("on Allure's page").isEqualTo(results());
        for (String load : List.of("ShopLoadTest.sustained", "ShopLoadTest.endurance")) {
            assertThat(reports().resolve("load/" + load + "/summary.html")).isNotEmptyFile();
            assertThat(Launch.read(reports().resolve("allure-results/load-perf.json")))
                    .contains("\"" + load + ".response_p95_ms\"");
            assertThat(Launch.read(reports().resolve("allurerc.mjs")))
                    .contains("\"" + load + ".judged_queue_time_p95\"", "\"" + load + ".failed_rows\"");
            assertThat(Launch.read(reports().resolve("readiness.json"))).contains("\"" + load + "\"");
            assertThat(Launch.read(reports().resolve("readiness.html"))).contains(load + "/summary.html");
        }
        assertThat(trendPoints()).as("a build is one point").isEqualTo(1);

        OwnJvm.run(work, FirstForkTestCase.class);

        assertThat(results())
                .as("of the next build under the same parent")
                .containsExactlyInAnyOrder(
                        HERE + "FirstForkTestCase.sustained", HERE + "FirstForkTestCase.plain", "stampede.readiness");
        assertThat(reports().resolve("load/ShopLoadTest.endurance")).doesNotExist();
        assertThat(Launch.read(reports().resolve("allurerc.mjs"))).doesNotContain("ShopLoadTest.endurance");
        assertThat(trendPoints()).isEqualTo(2);
    }

    private Path reports() {
        return work.resolve("target/stampede");
    }

    /** The full name of each test, which nobody may have twice. */
    private Set<String> results() throws IOException {
        try (Stream<Path> files = Files.list(reports().resolve("allure-results"))) {
            return files.filter(file -> file.toString().endsWith("-result.json"))
                    .map(Launch::read)
                    .map(ForksTests::fullName)
                    .collect(Collectors.toMap(name -> name, name -> name))
                    .keySet();
        }
    }

    private static String fullName(String json) {
        Matcher name = NAME.matcher(json);
        assertThat(name.find()).as(json).isTrue();
        return name.group(1);
    }

    private Set<String> shown() {
        String page = Launch.read(reports().resolve("allure-report/index.html"));
        return Pattern.compile("d\\('data/test-cases/[0-9a-f]+\\.json','([A-Za-z0-9+/=]*)'\\)")
                .matcher(page)
                .results()
                .map(found -> fullName(decoded(found.group(1))))
                .collect(Collectors.toSet());
    }

    private int trendPoints() {
        Matcher trend = TREND.matcher(Launch.read(reports().resolve("allure-report/index.html")));
        assertThat(trend.find()).isTrue();
        return Json.list(Json.parse(decoded(trend.group(1)))).size();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
