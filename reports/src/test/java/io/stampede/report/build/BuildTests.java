package io.stampede.report.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.report.build.Build.Ancestor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTests {

    private static final Instant START = Instant.parse("2026-05-04T10:20:30Z");

    private static final Ancestor TERMINAL = new Ancestor(20, START, "/usr/bin/gnome-terminal", "gnome-terminal");
    private static final Ancestor MAVEN = process(
            100, "java -classpath plexus-classworlds.jar org.codehaus.plexus.classworlds.launcher.Launcher verify");
    private static final Ancestor DAEMON =
            process(100, "java -Dmvnd.home=/opt/mvnd org.codehaus.plexus.classworlds.launcher.Launcher");

    private static Ancestor process(long pid, String line) {
        return new Ancestor(pid, START, "/usr/bin/java", line);
    }

    private static Ancestor shell(long pid, String program) {
        return new Ancestor(pid, START.plusSeconds(pid), program, program + " -c cd /work && java");
    }

    @Test
    void isTheMavenThatStartedAllItsForksThroughAShellForEach() {
        Build one = Build.of(List.of(process(101, "java booter.jar"), shell(102, "/usr/bin/dash"), MAVEN, TERMINAL));
        Build other = Build.of(List.of(process(103, "java booter.jar"), shell(104, "/bin/sh"), MAVEN, TERMINAL));
        Build windows = Build.of(List.of(process(105, ""), shell(106, "C/Windows/cmd.exe"), MAVEN, TERMINAL));

        assertThat(other).isEqualTo(one);
        assertThat(windows).isEqualTo(one);
        assertThat(one.single()).isTrue();
    }

    @Test
    void isAnotherIfTheNumberOfTheProcessIsUsedAgain() {
        Ancestor later = new Ancestor(100, START.plusSeconds(9), MAVEN.command(), MAVEN.line());

        assertThat(Build.of(List.of(process(101, ""), later)).id())
                .isNotEqualTo(Build.of(List.of(process(101, ""), MAVEN)).id());
    }

    @Test
    void staysTheSameIfTheClockIsSetMeanwhile() {
        Build build = new Build("100@50000", true);

        assertThat(build.hasId("100@51000")).isTrue();
        assertThat(build.hasId("100@53000")).isFalse();
        assertThat(build.hasId("101@50000")).isFalse();
        assertThat(Build.named("nightly").hasId(Build.named("nightly ").id())).isTrue();
        assertThat(Build.named("100@50000").hasId("100@50000")).isFalse();
    }

    @Test
    void isNotTheOnlyOneOfADaemonOrOfAnUnknownProcess() {
        assertThat(Build.of(List.of(process(101, ""), DAEMON)).single()).isFalse();
        assertThat(Build.of(List.of(process(101, ""), process(7, "java GradleDaemon")))
                        .single())
                .isFalse();
        assertThat(Build.of(List.of(process(101, ""), process(7, ""))).single()).isFalse();
    }

    @Test
    void isMavenItselfIfTestsRunInItsProcess() {
        assertThat(Build.of(List.of(MAVEN, shell(5, "/bin/bash"), TERMINAL)))
                .isEqualTo(new Build("100@" + START.toEpochMilli(), true));
    }

    @Test
    void isTheJvmItselfIfNothingElseIsKnown() {
        assertThat(Build.of(List.of(process(101, "java Console"))))
                .isEqualTo(new Build("101@" + START.toEpochMilli(), false));
        assertThat(Build.of(List.of(process(101, "java Console"), shell(1, "/bin/sh"))))
                .isEqualTo(new Build("101@" + START.toEpochMilli(), false));
    }

    @Test
    void knowsTheProcessesAroundThisOne() {
        assertThat(Build.current()).isEqualTo(Build.current());
        assertThat(Build.current().id()).matches("\\d+@\\d+");
    }
}
