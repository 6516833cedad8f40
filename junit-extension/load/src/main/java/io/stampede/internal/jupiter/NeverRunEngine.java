package io.stampede.internal.jupiter;

import static org.junit.platform.engine.support.discovery.SelectorResolver.Resolution.unresolved;

import io.stampede.internal.format.Signatures;
import io.stampede.junit.LoadConfigurationException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.IterationSelector;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.Node;

/**
 * Adds a failing test for each load test of the selected classes that Jupiter will never run, such as one whose method
 * returns something. Jupiter leaves these out of the test plan, so nothing else can notice them. The test has the tags of
 * the method, so that filters treat it in the same way. If all is well, the engine has no tests.
 */
public final class NeverRunEngine extends HierarchicalTestEngine<EngineExecutionContext> {

    private static final String ID = "stampede";
    private static final String CLASS = "class";
    private static final String METHOD = "method";

    private static final EngineDiscoveryRequestResolver<TestDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.builder()
                    .addClassContainerSelectorResolver(NeverRunEngine::isAffected)
                    .addSelectorResolver(new Resolver())
                    .build();

    /** For JUnit. */
    public NeverRunEngine() {}

    /** The first part of its tests' unique ids; builds include and exclude engines by it. */
    @Override
    public String getId() {
        return ID;
    }

    /** Looks at the selected classes. */
    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        TestDescriptor engine = new EngineDescriptor(uniqueId, "Stampede");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    protected EngineExecutionContext createExecutionContext(ExecutionRequest request) {
        return new EngineExecutionContext() {};
    }

    private static boolean isAffected(Class<?> type) {
        return !NeverRun.of(type).isEmpty() || NeverRun.nested(type).stream().anyMatch(NeverRunEngine::isAffected);
    }

    /** Finds them by each selector that there is. Nested classes stand beside the classes around them. */
    private static final class Resolver implements SelectorResolver {

        @Override
        public Resolution resolve(ClassSelector selector, Context context) {
            return load(selector::getJavaClass)
                    .map(type -> resolve(type, context))
                    .orElse(unresolved());
        }

        @Override
        public Resolution resolve(NestedClassSelector selector, Context context) {
            return load(selector::getNestedClass)
                    .map(type -> resolve(type, context))
                    .orElse(unresolved());
        }

        @Override
        public Resolution resolve(MethodSelector selector, Context context) {
            return load(selector::getJavaClass)
                    .map(type -> resolve(
                            type,
                            found -> found.method().getName().equals(selector.getMethodName())
                                    && found.method().equals(selector.getJavaMethod()),
                            context))
                    .orElse(unresolved());
        }

        @Override
        public Resolution resolve(NestedMethodSelector selector, Context context) {
            return load(selector::getNestedClass)
                    .map(type -> DiscoverySelectors.selectMethod(type, selector.getMethod()))
                    .map(method -> resolve(method, context))
                    .orElse(unresolved());
        }

        @Override
        public Resolution resolve(IterationSelector selector, Context context) {
            return Resolution.selectors(Set.of(selector.getParentSelector()));
        }

        @Override
        public Resolution resolve(UniqueIdSelector selector, Context context) {
            UniqueId.Segment last = selector.getUniqueId().getLastSegment();
            if (!selector.getUniqueId().getEngineId().equals(Optional.of(ID))) {
                return unresolved();
            }
            if (last.getType().equals(CLASS)) {
                return resolve(DiscoverySelectors.selectClass(last.getValue()), context);
            }
            if (!last.getType().equals(METHOD)) {
                return unresolved();
            }
            String name =
                    selector.getUniqueId().removeLastSegment().getLastSegment().getValue();
            return load(DiscoverySelectors.selectClass(name)::getJavaClass)
                    .map(type -> resolve(type, found -> found.signature().equals(last.getValue()), context))
                    .orElse(unresolved());
        }

        // Jupiter says what is wrong with selectors of classes that are not there.
        private static Optional<Class<?>> load(Supplier<Class<?>> type) {
            try {
                return Optional.of(type.get());
            } catch (JUnitException | LinkageError e) {
                return Optional.empty();
            }
        }

        private static Resolution resolve(Class<?> type, Context context) {
            Set<DiscoverySelector> nested = new LinkedHashSet<>();
            NeverRun.nested(type).forEach(inner -> nested.add(DiscoverySelectors.selectClass(inner)));
            Optional<TestDescriptor> container = container(type, context);
            if (container.isEmpty()) {
                return nested.isEmpty() ? unresolved() : Resolution.selectors(nested);
            }
            return Resolution.match(Match.exact(container.get(), () -> {
                Set<DiscoverySelector> children = new LinkedHashSet<>(nested);
                NeverRun.of(type).forEach(found -> children.add(DiscoverySelectors.selectMethod(type, found.method())));
                return children;
            }));
        }

        private static Optional<TestDescriptor> container(Class<?> type, Context context) {
            return NeverRun.of(type).isEmpty()
                    ? Optional.empty()
                    : context.addToParent(parent -> Optional.of(new InClass(parent, type)));
        }

        private static Resolution resolve(Class<?> type, Predicate<NeverRun> selected, Context context) {
            Set<Match> matches = new LinkedHashSet<>();
            NeverRun.of(type).stream()
                    .filter(selected)
                    .forEach(found -> context.addToParent(
                                    () -> DiscoverySelectors.selectClass(type),
                                    parent -> Optional.of(new Failing(parent, found)))
                            .ifPresent(test -> matches.add(Match.exact(test))));
            return matches.isEmpty() ? unresolved() : Resolution.matches(matches);
        }
    }

    /** The tests of one class. */
    private static final class InClass extends AbstractTestDescriptor implements Node<EngineExecutionContext> {

        private InClass(TestDescriptor parent, Class<?> type) {
            super(parent.getUniqueId().append(CLASS, type.getName()), type.getSimpleName(), ClassSource.from(type));
        }

        @Override
        public Type getType() {
            return Type.CONTAINER;
        }
    }

    /** Stands in the place of the load test. */
    private static final class Failing extends AbstractTestDescriptor implements Node<EngineExecutionContext> {

        private final NeverRun found;

        private Failing(TestDescriptor parent, NeverRun found) {
            super(
                    parent.getUniqueId().append(METHOD, found.signature()),
                    Signatures.of(found.method()),
                    MethodSource.from(found.testClass(), found.method()));
            this.found = found;
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }

        @Override
        public Set<TestTag> getTags() {
            Stream<Tag> tags = AnnotationSupport.findRepeatableAnnotations(found.method(), Tag.class).stream();
            for (Class<?> type = found.testClass(); type != null; type = type.getEnclosingClass()) {
                tags = Stream.concat(tags, AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream());
            }
            return tags.map(Tag::value)
                    .filter(TestTag::isValid)
                    .map(TestTag::create)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        @Override
        public EngineExecutionContext execute(EngineExecutionContext context, DynamicTestExecutor tests) {
            throw new LoadConfigurationException(found.message());
        }
    }
}
