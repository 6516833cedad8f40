package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The build runs these tests on more than one JUnit: it shall not run them twice on the same one. */
class JUnitVersionTests {

    @Test
    void theBuildRunsOnTheJUnitThatItNames() {
        String named = System.getProperty("junit.run.version", "");
        assumeTrue(!named.isEmpty(), "not run by the build");

        // The platform of Jupiter 5 is 1; since 6 they have one number.
        String platform = named.replaceFirst("^5\\.", "1.");
        assertThat(version(Test.class)).isEqualTo(named);
        assertThat(version(ParameterizedTest.class)).isEqualTo(named);
        assertThat(version(TestEngine.class)).isEqualTo(platform);
        assertThat(version(Launcher.class)).isEqualTo(platform);
        assertThat(version(EngineTestKit.class)).isEqualTo(platform);
    }

    private static String version(Class<?> type) {
        return String.valueOf(type.getPackage().getImplementationVersion());
    }
}
