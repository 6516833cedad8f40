package io.stampede.junit.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.stampede.internal.junit.storage.EmbeddedLocalServices;
import io.stampede.ollama.EmbeddedOllama;
import org.junit.jupiter.api.Test;

class ArchitectureTests {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stampede.junit.storage", "io.stampede.internal.junit.storage", "io.stampede.ollama");

    @Test
    void sawTheClassesOfAllPackages() {
        assertThat(classes.contain(EmbeddedOllama.class)).isTrue();
        assertThat(classes.contain(EmbeddedLocalServices.class)).isTrue();
        assertThat(classes.contain(StorageOptimizerExtension.class)).isTrue();
    }

    @Test
    void ollamaStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.stampede.ollama..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stampede.junit..",
                        "io.stampede.internal..",
                        "io.stampede.storage..",
                        "org.junit..",
                        "org.testcontainers..")
                .check(classes);
    }

    @Test
    void theInternalSideKnowsNothingOfTheAnnotation() {
        noClasses()
                .that()
                .resideInAPackage("io.stampede.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.stampede.junit..", "org.junit..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching("io.stampede.(**)").should().beFreeOfCycles().check(classes);
    }
}
