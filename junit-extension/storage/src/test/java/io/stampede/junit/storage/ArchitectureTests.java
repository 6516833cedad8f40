package io.stampede.junit.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.stampede.internal.junit.storage.EmbeddedLocalServices;
import io.stampede.junit.SpikeTest;
import io.stampede.ollama.EmbeddedOllama;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
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

    /** Where both are modules, a package that is not exported to this one is a failure when its classes are used. */
    @Test
    void usesOnlyPackagesOfTheExtensionThatAreExportedToIt() throws URISyntaxException {
        Path place = Path.of(SpikeTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor extension =
                ModuleFinder.of(place).find("stampede.junit").orElseThrow().descriptor();
        Set<String> exported = extension.exports().stream()
                .filter(export -> !export.isQualified() || export.targets().contains("stampede.junit.storage"))
                .map(ModuleDescriptor.Exports::source)
                .collect(toSet());

        assertThat(classes.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .filter(extension.packages()::contains))
                .isNotEmpty()
                .isSubsetOf(exported);
    }
}
