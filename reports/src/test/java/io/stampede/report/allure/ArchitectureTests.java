package io.stampede.report.allure;

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
            .importPackages(
                    "io.stampede.report.allure",
                    "io.stampede.report.export",
                    "io.stampede.report.live",
                    "io.stampede.report.readiness",
                    "io.stampede.report.summary",
                    "io.stampede.report.text");

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
    void theModelOfReadinessIsPureAndKnowsNothingOfReports() {
        noClasses()
                .that()
                .haveNameMatching(
                        "io\\.stampede\\.report\\.readiness\\.(Checklist|Ending|Evidence|Ledger|Shown)(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.nio..",
                        "java.io..",
                        "org.junit..",
                        "tools.jackson..",
                        "io.stampede.report.allure",
                        "io.stampede.report.text"))
                .check(CLASSES);
    }

    @Test
    void theLivePageKnowsNothingOfTheReportsBesideIt() {
        assertThat(CLASSES.contain("io.stampede.report.live.LivePage")).isTrue();
        noClasses()
                .that()
                .resideInAPackage("io.stampede.report.live")
                .and()
                .doNotHaveSimpleName("Live")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.stampede.report.allure", "io.stampede.report.text")
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
