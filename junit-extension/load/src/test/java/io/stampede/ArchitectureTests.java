package io.stampede;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

class ArchitectureTests {

    /** What every package may use. */
    private static final String[] JDK = {"java..", "org.jspecify..", "io.stampede.internal.format"};

    /** Of the JDK, what has neither clocks nor files nor threads. */
    private static final String[] PURE = {
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
        "io.stampede.internal.format"
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stampede");

    @Test
    void sawTheModulesClasses() {
        assertThat(CLASSES).hasSizeGreaterThan(150);
        assertThat(CLASSES.contain("io.stampede.scenario.Scenario")).isTrue();
        assertThat(CLASSES.contain("io.stampede.metric.Metric")).isTrue();
        assertThat(CLASSES.contain("io.stampede.internal.engine.Engine")).isTrue();
        assertThat(CLASSES.contain("io.stampede.internal.verdict.Judge")).isTrue();
    }

    @Test
    void measurementsScenariosAndResultsStandOnEachOtherAndOnNothingElse() {
        only("io.stampede.metric", JDK);
        only("io.stampede.scenario", JDK, "io.stampede.metric", "io.stampede.targets");
        only("io.stampede.result", JDK, "io.stampede.metric", "io.stampede.scenario");
        only("io.stampede.baseline", JDK, "io.stampede.metric");
        only("io.stampede.verdict", JDK, "io.stampede.metric", "io.stampede.result", "io.stampede.baseline");
        only("io.stampede.targets", JDK, "io.stampede.metric", "org.commonmark..");
        only("io.stampede.operation", JDK);
    }

    @Test
    void verdictsAndComparisonsArePure() {
        only(
                "io.stampede.internal.verdict",
                PURE,
                "io.stampede.metric",
                "io.stampede.scenario",
                "io.stampede.targets",
                "io.stampede.result",
                "io.stampede.baseline",
                "io.stampede.verdict");
        only(
                "io.stampede.internal.baseline",
                PURE,
                "io.stampede.metric",
                "io.stampede.scenario",
                "io.stampede.result",
                "io.stampede.baseline");
    }

    @Test
    void historyKnowsNeitherJUnitNorTheEngine() {
        only(
                "io.stampede.internal.history",
                JDK,
                "tools.jackson..",
                "io.stampede.result",
                "io.stampede.baseline",
                "io.stampede.internal.recorder",
                "io.stampede.internal.baseline");
    }

    @Test
    void dataIsReadWithoutJUnitAndTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("io.stampede.data")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.junit.jupiter..", "io.stampede.internal.engine.."))
                .check(CLASSES);
    }

    private static void only(String name, String[] base, String... more) {
        String[] allowed = new String[base.length + more.length + 1];
        System.arraycopy(base, 0, allowed, 0, base.length);
        System.arraycopy(more, 0, allowed, base.length, more.length);
        allowed[allowed.length - 1] = name;
        classes()
                .that(resideInAPackage(name))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CLASSES);
    }

    /** Each package is a slice, those under internal too. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return javaClass.getPackageName().startsWith("io.stampede")
                    ? SliceIdentifier.of(javaClass.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }

    @Test
    void eachLibraryHasOnePackageThatUsesIt() {
        onlyIn("io.stampede.internal.recorder", "org.HdrHistogram..");
        onlyIn("io.stampede.internal.baseline", "org.apache.commons..");
        onlyIn("io.stampede.internal.launch", "org.junit.platform.launcher..");
        onlyIn("io.stampede.targets", "org.commonmark..");
        onlyIn("io.stampede.assertj", "org.assertj..");
        onlyIn("io.stampede.data", "de.siegmar..");
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.stampede.internal.report", "io.stampede.data", "io.stampede.internal.history")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void onlyTheExtensionKnowsJUnit() {
        // JUnit may reach users' classes where we may not, so what reaches them may ask it.
        noClasses()
                .that()
                .resideOutsideOfPackages("io.stampede.junit", "io.stampede.internal.jupiter")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit.jupiter..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.stampede.junit", "io.stampede") // an aborted run in code
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.opentest4j..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.stampede.junit",
                        "io.stampede.internal.access",
                        "io.stampede.internal.jupiter",
                        "io.stampede.internal.launch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.stampede.internal.access")
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit..").and(not(type(ReflectionSupport.class))))
                .check(CLASSES);
    }

    private static void onlyIn(String user, String... library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .check(CLASSES);
    }
}
