package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.allure.Launch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveEndTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void thePageEndsWithTheTestPlanThoughNoLoadTestGaveAResult() throws Exception {
        List<String> output = Launch.of(work, BreakdownTestCase.class, "-Dstampede.live=true");

        assertThat(output)
                .anyMatch(line -> line.startsWith("Stampede: live at "))
                .contains(BreakdownTestCase.CLOSED)
                .noneMatch(line -> line.startsWith("Allure report: "));
    }
}
