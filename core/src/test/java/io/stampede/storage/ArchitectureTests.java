package io.stampede.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String FACADE = "io.stampede.storage";
    private static final String MODEL = FACADE + ".model";
    private static final String METRICS = FACADE + ".metrics";
    private static final String HTTP = FACADE + ".http";
    private static final String SERVER = FACADE + ".server";
    private static final String INTERNAL = "io.stampede.internal.storage";
    private static final String TEXT = INTERNAL + ".text";
    private static final String METERS = INTERNAL + ".metrics";
    private static final String QUEUE = INTERNAL + ".queue";
    private static final String EMBEDDING = INTERNAL + ".embedding";
    private static final String POSTGRES = INTERNAL + ".postgres";

    private static final List<String> PACKAGES =
            List.of(FACADE, MODEL, METRICS, HTTP, SERVER, INTERNAL, TEXT, METERS, QUEUE, EMBEDDING, POSTGRES);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(FACADE, INTERNAL);

    @Test
    void sawEveryPackage() {
        for (String part : PACKAGES) {
            assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(part)))
                    .describedAs(part)
                    .hasSizeGreaterThan(1);
        }
        assertThat(CLASSES.stream().map(type -> type.getPackageName())).isSubsetOf(PACKAGES);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching("io.stampede.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheServiceUsesTheFacade() {
        noClasses()
                .that()
                .resideOutsideOfPackages(FACADE, HTTP, SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FACADE)
                .check(CLASSES);
    }

    @Test
    void theModelKnowsOnlyTexts() {
        knowsNoOtherThan(INTERNAL, List.of());
        knowsNoOtherThan(TEXT, List.of());
        knowsNoOtherThan(MODEL, List.of(TEXT));
    }

    @Test
    void stagesKnowNoOtherStage() {
        for (String stage : List.of(QUEUE, EMBEDDING, POSTGRES)) {
            knowsNoOtherThan(stage, List.of(INTERNAL, MODEL, TEXT));
        }
    }

    @Test
    void metricsKnowNothingThatTheyMeasure() {
        knowsNoOtherThan(METRICS, List.of(INTERNAL));
        knowsNoOtherThan(METERS, List.of(METRICS));
    }

    private static void knowsNoOtherThan(String one, List<String> others) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PACKAGES.stream()
                        .filter(other -> !other.equals(one) && !others.contains(other))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void onlyPostgresSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage(POSTGRES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "com.zaxxer..", "org.flywaydb..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void onlyEmbeddingSpeaksHttpAndCaches() {
        noClasses()
                .that()
                .resideOutsideOfPackage(EMBEDDING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "com.github.benmanes..")
                .check(CLASSES);
    }

    @Test
    void onlyMetricsKeepsHistograms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(METRICS, METERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.HdrHistogram..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHttpServiceNeedsItsOptionalLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HTTP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "io.prometheus..", "io.micrometer.prometheusmetrics..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandReadsACommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void nothingUsesTheCommand() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER)
                .check(CLASSES);
    }

    @Test
    void knowsNothingOfTests() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.junit..", "io.stampede.junit..", "io.stampede.scenario..")
                .check(CLASSES);
    }
}
