package io.stampede;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stampede");

    @Test
    void sawTheModulesClasses() {
        assertThat(CLASSES).hasSizeGreaterThan(50);
        assertThat(CLASSES.contain("io.stampede.scenario.Scenario")).isTrue();
        assertThat(CLASSES.contain("io.stampede.internal.engine.Engine")).isTrue();
        assertThat(CLASSES.contain("io.stampede.internal.verdict.Judge")).isTrue();
    }

    @Test
    void scenariosNeedNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.stampede.scenario")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.stampede.scenario")
                .check(CLASSES);
    }

    @Test
    void resultsNeedNothingButTheJdkAndScenarios() {
        classes()
                .that()
                .resideInAPackage("io.stampede.result")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.stampede.scenario", "io.stampede.result")
                .check(CLASSES);
    }

    @Test
    void verdictsArePure() {
        classes()
                .that()
                .resideInAPackage("io.stampede.verdict")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "java.time",
                        "java.math",
                        "java.io",
                        "org.jspecify..",
                        "io.stampede.scenario",
                        "io.stampede.result",
                        "io.stampede.baseline",
                        "io.stampede.verdict")
                .check(CLASSES);
    }

    @Test
    void comparisonsArePure() {
        classes()
                .that()
                .resideInAPackage("io.stampede.baseline")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "java.time..",
                        "java.math",
                        "java.io",
                        "java.nio.charset",
                        "java.security",
                        "org.jspecify..",
                        "org.apache.commons.statistics..",
                        "io.stampede.scenario",
                        "io.stampede.result",
                        "io.stampede.baseline")
                .check(CLASSES);
    }

    @Test
    void historyKnowsNeitherJUnitNorTheEngine() {
        classes()
                .that()
                .resideInAPackage("io.stampede.history")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "tools.jackson..",
                        "io.stampede.result",
                        "io.stampede.recorder",
                        "io.stampede.baseline",
                        "io.stampede.history")
                .check(CLASSES);
    }

    @Test
    void dataIsReadWithoutJUnitAndTheEngine() {
        classes()
                .that()
                .resideInAPackage("io.stampede.data")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "tools.jackson..", "io.stampede.operation", "io.stampede.data")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.stampede.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void eachLibraryHasOnePackageThatUsesIt() {
        onlyIn("io.stampede.recorder", "org.HdrHistogram..");
        onlyIn("io.stampede.internal.launch", "org.junit.platform.launcher..");
        noClasses()
                .that()
                .resideOutsideOfPackages("io.stampede.junit", "io.stampede.internal.launch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
        onlyIn("io.stampede.baseline", "org.apache.commons..");
        onlyIn("io.stampede.targets", "org.commonmark..");
        onlyIn("io.stampede.data", "tools.jackson.dataformat..");
        noClasses()
                .that()
                .resideOutsideOfPackages("io.stampede.report", "io.stampede.data", "io.stampede.history")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
        onlyIn("io.stampede.assertj", "org.assertj..");
    }

    private static void onlyIn(String user, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
