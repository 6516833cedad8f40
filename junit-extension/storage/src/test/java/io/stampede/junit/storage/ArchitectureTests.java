package io.stampede.junit.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.stampede.ollama.EmbeddedOllama;
import org.junit.jupiter.api.Test;

class ArchitectureTests {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stampede.junit.storage", "io.stampede.ollama");

    @Test
    void sawTheClassesOfBothPackages() {
        assertThat(classes.contain(EmbeddedOllama.class)).isTrue();
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
                        "io.stampede.junit..", "io.stampede.storage..", "org.junit..", "org.testcontainers..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycle() {
        slices().matching("io.stampede.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyWhatUsersNeedIsPublic() {
        classes()
                .that()
                .resideInAPackage("io.stampede.junit.storage")
                .and()
                .arePublic()
                .should()
                .haveSimpleName("StorageOptimizerTest")
                .orShould()
                .haveSimpleName("Environment")
                .orShould()
                .haveSimpleName("StorageSettings") // by ServiceLoader
                .orShould()
                .haveSimpleName("EmbeddedLocalServices") // by ServiceLoader
                .check(classes);
    }
}
