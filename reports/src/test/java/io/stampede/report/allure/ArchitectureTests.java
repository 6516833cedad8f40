package io.stampede.report.allure;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import io.stampede.report.LoadReporter;
import java.lang.annotation.Annotation;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String ROOT = "io.stampede.report.";
    private static final List<String> PACKAGES =
            List.of("allure", "build", "export", "live", "quiet", "readiness", "summary", "text");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PACKAGES.stream().map(name -> ROOT + name).toList());

    @Test
    void sawTheClasses() {
        assertThat(CLASSES.contain(AllureLoadReporter.class)).isTrue();
        assertThat(CLASSES.contain(ROOT + "live.LivePage")).isTrue();
        assertThat(CLASSES.size()).isGreaterThan(60);
    }

    @Test
    void thereAreEightPackagesOfFewTypesAndNoOther() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ImportOption.DoNotIncludeJars())
                .withImportOption(location -> !location.contains("junit-extension"))
                .importPackages("io.stampede");

        Map<String, Long> types = all.stream()
                .filter(type -> type.isTopLevelClass()
                        && !type.getSimpleName().equals("package-info")
                        && type.getPackageName().startsWith("io.stampede.report"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(types)
                .containsOnlyKeys(PACKAGES.stream().map(name -> ROOT + name).toList());
        assertThat(types.values()).allMatch(count -> count <= 15);
    }

    /** {@link LoadReporter} is in another jar's {@code io.stampede.report}, and no package is in two. */
    @Test
    void arrowsBetweenThePackagesPointOneWay() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("text")
                .definedBy(ROOT + "text")
                .layer("summary")
                .definedBy(ROOT + "summary")
                .layer("export")
                .definedBy(ROOT + "export")
                .layer("build")
                .definedBy(ROOT + "build")
                .layer("live")
                .definedBy(ROOT + "live")
                .layer("quiet")
                .definedBy(ROOT + "quiet")
                .layer("readiness")
                .definedBy(ROOT + "readiness")
                .layer("allure")
                .definedBy(ROOT + "allure")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("summary")
                .mayOnlyAccessLayers("text")
                .whereLayer("export")
                .mayOnlyAccessLayers("summary", "text")
                .whereLayer("build")
                .mayOnlyAccessLayers("text")
                .whereLayer("live")
                .mayOnlyAccessLayers("text")
                .whereLayer("quiet")
                .mayNotAccessAnyLayer()
                .whereLayer("readiness")
                .mayOnlyAccessLayers("text")
                .whereLayer("allure")
                .mayOnlyAccessLayers("build", "export", "live", "quiet", "readiness", "text")
                .check(CLASSES);
        slices().matching(ROOT + "(*)").should().beFreeOfCycles().check(CLASSES);
    }

    /** Where both are modules, a package that is not exported to this one is a failure when its classes are used. */
    @Test
    void usesOnlyPackagesOfTheExtensionThatAreExportedToIt() throws URISyntaxException {
        Path place = Path.of(LoadReporter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor extension =
                ModuleFinder.of(place).find("stampede.junit").orElseThrow().descriptor();
        Set<String> exported = extension.exports().stream()
                .filter(export -> !export.isQualified() || export.targets().contains("stampede.reports"))
                .map(ModuleDescriptor.Exports::source)
                .collect(toSet());

        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .filter(extension.packages()::contains))
                .isNotEmpty()
                .isSubsetOf(exported);
    }

    /** Users and other modules import nothing from here: what is public is so for another package, or a service loader. */
    @Test
    void onlyWhatAServiceLoaderMakesIsPublicInTheUppermostPackage() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + "allure"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("AllureLoadReporter", "ReportRunListener", "ReportSettings");
    }

    @Test
    void aRunIsSharedThroughOneStaticReferenceAlone() {
        fields().that()
                .areStatic()
                .and()
                .haveRawType(AtomicReference.class)
                .should()
                .beDeclaredIn(Run.class)
                .check(CLASSES);
        fields().that().areStatic().should().beFinal().check(CLASSES);
        assertThat(CLASSES.get(Run.class).getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !field.getRawType().isPrimitive()))
                .hasSize(1);
    }

    @Test
    void allureAndTheChartsAreEachKnownToFew() {
        noClasses()
                .that()
                .doNotHaveSimpleName("AllureTestCase")
                .and()
                .doNotHaveSimpleName("AllureReport")
                .and()
                .doNotHaveSimpleName("LateResultsWriter")
                .and()
                .doNotHaveSimpleName("QuietLifecycle")
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
        // Annotations are read here and do nothing there.
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.stampede.junit..").and(not(assignableTo(Annotation.class))))
                .check(CLASSES);
    }

    @Test
    void theModelOfReadinessIsPure() {
        String model = "io\\.stampede\\.report\\.readiness\\.(Checklist|Ending|Evidence|Ledger|PlanEvidence)(\\$.*)?";
        classes()
                .that()
                .haveNameMatching(model)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.time",
                        "java.util..",
                        "org.jspecify..",
                        ROOT + "readiness",
                        "io.stampede.metric")
                .check(CLASSES);
        noClasses()
                .that()
                .haveNameMatching(model)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.stampede\\.report\\.readiness\\.(Evidence(Log|Collector)|Readiness.*)")
                .check(CLASSES);
    }

    @Test
    void onlyTheServerOfTheLivePageKnowsHttp() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LiveServer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver..")
                .check(CLASSES);
    }
}
