package io.stampede.reports;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.stampede.junit.ProvesReadiness;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stampede.reports");

    @Test
    void sawTheClasses() {
        assertThat(CLASSES.contain(AllureLoadReporter.class)).isTrue();
        assertThat(CLASSES.size()).isGreaterThan(15);
    }

    @Test
    void allureAndTheChartsAreEachKnownToOneClass() {
        noClasses()
                .that()
                .doNotHaveSimpleName("AllureTestCase")
                .and()
                .doNotHaveSimpleName("AllureReport")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.qameta..")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveSimpleName("Plot")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jetbrains..")
                .check(CLASSES);
    }

    @Test
    void needNoWindowSystemAndNothingOfTheSystemUnderTest() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.awt..",
                        "javax.swing..",
                        "io.stampede.storage..",
                        "io.stampede.internal.engine..",
                        "io.stampede.internal.recorder..")
                .check(CLASSES);
        // An annotation that is read here and does nothing there.
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.stampede.junit..").and(not(belongToAnyOf(ProvesReadiness.class))))
                .check(CLASSES);
    }

    @Test
    void readinessIsPureAndKnowsNothingOfReports() {
        noClasses()
                .that()
                .resideInAPackage("io.stampede.reports.readiness")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio..", "java.io..", "org.junit..", "tools.jackson..")
                        .or(resideInAPackage("io.stampede.reports")))
                .check(CLASSES);
    }

    @Test
    void theLivePageKnowsNothingOfTheReportsBesideIt() {
        assertThat(CLASSES.contain("io.stampede.reports.live.LivePage")).isTrue();
        noClasses()
                .that()
                .resideInAPackage("io.stampede.reports.live..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.stampede.reports")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveSimpleName("LiveServer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver..")
                .check(CLASSES);
    }
}
