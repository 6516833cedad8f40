package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.allure.Launch;
import io.stampede.report.allure.ShortLoadTestCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a build has a live page, and for how long. */
class LiveEndTests {

    private static final String ADDRESS = "Stampede: live at ";

    /** Other tests may keep this machine busy. */
    private static final String UNJUDGED = "-Dstampede.validity=off";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void thePageEndsWithTheTestPlanThoughNoLoadTestGaveAResult() throws Exception {
        BreakdownTestCase.served = false;
        int port = freePort();

        List<String> output =
                Launch.of(work, BreakdownTestCase.class, "-Dstampede.live=true", "-Dstampede.live.port=" + port);

        assertThat(output)
                .contains(ADDRESS + "http://127.0.0.1:" + port + "/")
                .noneMatch(line -> line.startsWith("Allure report: "));
        assertThat(BreakdownTestCase.served).as("served while the test ran").isTrue();
        assertThat(BreakdownTestCase.isServed(port)).as("still served").isFalse();
    }

    @Test
    void servesNothingWithoutTheSetting() {
        List<String> output = Launch.of(work, ShortLoadTestCase.class, UNJUDGED);

        assertThat(output).noneMatch(line -> line.startsWith(ADDRESS)).isNotEmpty();
    }

    @Test
    void goesOnWithoutThePageWhereItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            List<String> output = Launch.of(
                    work, ShortLoadTestCase.class, UNJUDGED, "-Dstampede.live=true", "-Dstampede.live.port=" + port);

            assertThat(output)
                    .noneMatch(line -> line.startsWith(ADDRESS))
                    .filteredOn(line -> line.contains("stampede.live.port"))
                    .singleElement()
                    .asString()
                    .contains("port " + port + " of 127.0.0.1 cannot be had")
                    .contains("The run goes on");
            assertThat(work.resolve("target/stampede/load/ShortLoadTestCase.first/result.json"))
                    .exists();
        }
    }

    @Test
    void runsNoLoadWhereTheLivePageCannotBeConfigured() {
        List<String> output = Launch.of(
                work, ShortLoadTestCase.class, UNJUDGED, "-Dstampede.live=true", "-Dstampede.live.port=70000");

        assertThat(output).noneMatch(line -> line.startsWith(ADDRESS));
        assertThat(work.resolve("target/stampede/load")).doesNotExist();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
