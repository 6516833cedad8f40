package io.stampede.internal.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.stampede.internal.jupiter.fixtures.OnlyWrongTestCase;
import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.LoadConfigurationException;
import io.stampede.operation.Iteration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kotlin.Metadata;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A load test that JUnit never runs fails. */
@SuppressWarnings({"UnusedMethod", "ClassCanBeStatic"}) // the mistakes that are looked for
class NeverRunEngineTests {

    private static final String INSTEAD =
            " An operation that ends later takes an Iteration it as parameter and calls it.completesWith(..) with its stage"
                    + " or publisher.";

    @Test
    void failsForWhatJUnitLeavesOutAndForNothingElse() {
        List<String> messages = run(selectClass(WrongTestCase.class));

        assertThat(messages)
                .containsExactlyInAnyOrder(
                        "@BasicLoadTest on WrongTestCase.future(): the method returns CompletableFuture, so JUnit never runs"
                                + " it. Make it return nothing." + INSTEAD,
                        "@BasicLoadTest on WrongTestCase.number(Iteration): the method returns int, so JUnit never runs it."
                                + " Make it return nothing." + INSTEAD,
                        "@BasicLoadTest on WrongTestCase.hidden(): the method is private, so JUnit never runs it. Remove"
                                + " private.",
                        "@BasicLoadTest on WrongTestCase.shared(): the method is static, so JUnit never runs it. Remove"
                                + " static.",
                        "@BasicLoadTest on WrongTestCase.both(): the method is private and static, so JUnit never runs it."
                                + " Remove private and static, and return nothing." + INSTEAD,
                        "@OfMyOwn on WrongTestCase.composed(): the method returns String, so JUnit never runs it. Make it"
                                + " return nothing." + INSTEAD);
    }

    @Tag("shop")
    static class WrongTestCase {
        @BasicLoadTest
        CompletableFuture<Void> future() {
            return new CompletableFuture<>();
        }

        @BasicLoadTest
        int number(Iteration it) {
            return 1;
        }

        @BasicLoadTest
        private void hidden() {}

        @BasicLoadTest
        static void shared() {}

        @BasicLoadTest
        private static int both() {
            return 1;
        }

        @OfMyOwn
        String composed() {
            return "";
        }

        @Disabled("not now")
        @BasicLoadTest
        int disabled() {
            return 1;
        }

        @BasicLoadTest
        void right() {}

        @Test
        int plainTestsAreJUnitsOwnAffair() {
            return 1;
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @BasicLoadTest(concurrent = 3)
    @interface OfMyOwn {}

    @Test
    void judgesWhatAClassInheritsAndImplements() {
        assertThat(run(selectClass(WrongChildTestCase.class)))
                .containsExactlyInAnyOrder(
                        "@BasicLoadTest on ParentTestCase.stage(): the method returns CompletionStage, so JUnit never runs"
                                + " it. Make it return nothing." + INSTEAD,
                        "A load test annotation on WrongChildTestCase.load(): the annotation is only on"
                                + " ParentTestCase.load(), which is abstract, and methods do not inherit it, so JUnit never"
                                + " runs the load. Repeat the annotation on the method in WrongChildTestCase.",
                        "A load test annotation on WrongChildTestCase.of(String): the annotation is only on"
                                + " Contract.of(Object), which is abstract, and methods do not inherit it, so JUnit never"
                                + " runs the load. Repeat the annotation on the method in WrongChildTestCase.");
    }

    @Test
    void acceptsAnAbstractMethodThatIsImplementedRightly() {
        assertThat(run(selectClass(RightChildTestCase.class))).isEmpty();
    }

    @Test
    void doesNotJudgeAnAbstractClassByItself() {
        assertThat(run(selectClass(ParentTestCase.class), selectClass(Contract.class)))
                .isEmpty();
    }

    interface Contract<T> {
        @BasicLoadTest
        void of(T value);
    }

    abstract static class ParentTestCase implements Contract<String> {
        @BasicLoadTest
        CompletionStage<Void> stage() {
            return new CompletableFuture<>();
        }

        @BasicLoadTest
        abstract void load();
    }

    static class WrongChildTestCase extends ParentTestCase {
        @Override
        void load() {}

        @Override
        public void of(String value) {}
    }

    static class RightChildTestCase extends ParentTestCase {
        @Override
        CompletionStage<Void> stage() {
            return new CompletableFuture<>(); // without the annotation it is not a load test, and not meant to be one
        }

        @BasicLoadTest
        @Override
        void load() {}

        @BasicLoadTest
        @Override
        public void of(String value) {}
    }

    @Test
    void judgesNestedClassesAndThoseThatOnlySeemToBe() {
        assertThat(run(selectClass(OuterTestCase.class)))
                .containsExactlyInAnyOrder(
                        "@BasicLoadTest on InnerTestCase.number(): the method returns int, so JUnit never runs it. Make it"
                                + " return nothing." + INSTEAD,
                        "@BasicLoadTest on ForgottenTestCase.load(): its class ForgottenTestCase is an inner class without"
                                + " @Nested, so JUnit never runs it. Add @Nested, or make the class static.");
    }

    static class OuterTestCase {
        @Nested
        class InnerTestCase {
            @BasicLoadTest
            int number() {
                return 1;
            }
        }

        class ForgottenTestCase {
            @BasicLoadTest
            void load() {}
        }
    }

    @Test
    void saysThatAPrivateClassDoesNotRun() {
        assertThat(run(selectClass(PrivateTestCase.class)))
                .containsExactly(
                        "@BasicLoadTest on PrivateTestCase.load(): its class PrivateTestCase is private, so JUnit"
                                + " never runs it. Remove private.");
    }

    private static class PrivateTestCase {
        @BasicLoadTest
        void load() {}
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void isFoundByEachWayToSelectIt(DiscoverySelector selector) {
        assertThat(run(selector)).singleElement().asString().contains("on OnlyWrongTestCase.future()");
    }

    static Stream<DiscoverySelector> selectors() {
        return Stream.of(
                selectClass(OnlyWrongTestCase.class),
                selectClass(OnlyWrongTestCase.class.getName()),
                selectMethod(OnlyWrongTestCase.class, "future"),
                selectMethod(OnlyWrongTestCase.class.getName() + "#future"),
                selectIteration(selectMethod(OnlyWrongTestCase.class, "future"), 0),
                selectPackage("io.stampede.internal.jupiter.fixtures"),
                selectUniqueId("[engine:stampede]/[class:" + OnlyWrongTestCase.class.getName() + "]"),
                selectUniqueId(
                        "[engine:stampede]/[class:" + OnlyWrongTestCase.class.getName() + "]/[method:future()]"));
    }

    @Test
    void isFoundByTheSelectorsOfNestedClasses() {
        assertThat(run(selectNestedClass(List.of(OuterTestCase.class), OuterTestCase.InnerTestCase.class)))
                .hasSize(1);
        assertThat(run(selectNestedMethod(List.of(OuterTestCase.class), OuterTestCase.InnerTestCase.class, "number")))
                .hasSize(1);
        assertThat(run(selectClass(OuterTestCase.InnerTestCase.class))).hasSize(1);
    }

    @Test
    void judgesOnlyWhatIsSelected() {
        assertThat(run(selectMethod(WrongTestCase.class, "hidden"))).hasSize(1);
        assertThat(run(selectMethod(WrongTestCase.class, "right"))).isEmpty();
        assertThat(run(selectMethod(WrongTestCase.class, "disabled"))).isEmpty();
        assertThat(run(selectClass(NeverRunEngineTests.class))).isEmpty();
        assertThat(run(selectClass("io.stampede.NotThere"))).isEmpty();
        assertThat(run(selectMethod("io.stampede.NotThere#atAll"))).isEmpty();
        assertThat(run(selectUniqueId("[engine:junit-jupiter]/[class:x]"))).isEmpty();
    }

    @Test
    void hasTheTagsAndTheSourceOfTheMethod() {
        TestDescriptor found = kit(selectMethod(WrongTestCase.class, "hidden"))
                .execute()
                .testEvents()
                .started()
                .map(Event::getTestDescriptor)
                .findFirst()
                .orElseThrow();

        assertThat(found.getTags()).extracting(TestTag::getName).containsExactlyInAnyOrder("load", "shop");
        assertThat(found.getDisplayName()).isEqualTo("hidden()");
        assertThat(found.getSource())
                .get()
                .isInstanceOfSatisfying(
                        org.junit.platform.engine.support.descriptor.MethodSource.class,
                        source -> assertThat(tuple(source.getClassName(), source.getMethodName()))
                                .isEqualTo(tuple(WrongTestCase.class.getName(), "hidden")));
    }

    @Test
    void isFilteredAsTheMethodWouldBe() {
        assertThat(run(selectClass(WrongTestCase.class), TagFilter.excludeTags("load")))
                .isEmpty();
        assertThat(run(selectClass(WrongTestCase.class), TagFilter.includeTags("load")))
                .hasSize(6);
        assertThat(run(
                        selectPackage("io.stampede.internal.jupiter.fixtures"),
                        org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns(".*OnlyWrong.*")))
                .isEmpty();
    }

    @Test
    void judgesSuspendFunctionsByWhatJUnitDoesWithThem() {
        boolean six = Stream.of(ExtensionContext.Store.class.getMethods())
                .anyMatch(method -> method.getName().equals("computeIfAbsent"));

        assertThat(run(selectMethod(SuspendingTestCase.class, "nothing", Continuation.class)))
                .hasSize(six ? 0 : 1)
                .allSatisfy(message -> assertThat(message)
                        .contains("the method is a suspend function, which JUnit runs since 6.0 only. Take JUnit 6"));
        assertThat(run(selectMethod(SuspendingTestCase.class, "text", Continuation.class)))
                .singleElement()
                .asString()
                .contains(six ? "the suspend function returns a value" : "Take JUnit 6");
    }

    @Test
    void saysWhatToWriteInKotlin() {
        assertThat(run(selectMethod(SuspendingTestCase.class, "expressionBody")))
                .singleElement()
                .asString()
                .endsWith(
                        "In Kotlin, an expression body returns its value: write a body in braces, or runBlocking<Unit> {"
                                + " .. }.");
    }

    /** As Kotlin compiles it. */
    @Metadata
    static class SuspendingTestCase {
        @BasicLoadTest
        Object nothing(Continuation<? super Unit> then) {
            return Unit.INSTANCE;
        }

        @BasicLoadTest
        Object text(Continuation<? super String> then) {
            return "text";
        }

        @BasicLoadTest
        String expressionBody() {
            return "text";
        }
    }

    private static List<String> run(DiscoverySelector selector, Filter<?> filter) {
        return messages(kit(selector).filters(filter));
    }

    private static List<String> run(DiscoverySelector... selectors) {
        return messages(kit(selectors));
    }

    private static EngineTestKit.Builder kit(DiscoverySelector... selectors) {
        return EngineTestKit.engine("stampede").selectors(selectors);
    }

    private static List<String> messages(EngineTestKit.Builder kit) {
        return kit.execute().testEvents().finished().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .peek(failure -> assertThat(failure).isInstanceOf(LoadConfigurationException.class))
                .map(Throwable::getMessage)
                .toList();
    }
}
