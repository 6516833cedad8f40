package io.stampede.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String BASE = "io.stampede.storage";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    @Test
    void sawEveryPackage() {
        for (String part :
                new String[] {"", ".model", ".queue", ".embedding", ".postgres", ".metrics", ".http", ".server"}) {
            assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(BASE + part)))
                    .describedAs(BASE + part)
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE, BASE + ".http", BASE + ".server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE)
                .check(CLASSES);
    }

    @Test
    void theModelKnowsNoOtherPackage() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BASE, BASE + ".queue..", BASE + ".embedding..", BASE + ".postgres..", BASE + ".metrics..")
                .check(CLASSES);
    }

    @Test
    void onlyPostgresSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".postgres")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "com.zaxxer..", "org.flywaydb..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void onlyEmbeddingSpeaksHttpAndCaches() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".embedding")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "com.github.benmanes..")
                .check(CLASSES);
    }

    @Test
    void onlyMetricsKeepsHistograms() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".metrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.HdrHistogram..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHttpServiceNeedsItsOptionalLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "io.prometheus..", "io.micrometer.prometheusmetrics..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandReadsACommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void nothingUsesTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + ".server")
                .check(CLASSES);
    }

    @Test
    void knowsNothingOfTests() {
        classes()
                .that()
                .resideInAPackage(BASE + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.junit..", "io.stampede.junit..", "io.stampede.scenario..")
                .check(CLASSES);
    }
}
