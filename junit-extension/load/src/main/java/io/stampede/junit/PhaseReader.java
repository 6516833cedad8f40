package io.stampede.junit;

import io.stampede.internal.access.Members;
import io.stampede.scenario.Phase;
import io.stampede.scenario.PhaseSource;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The phases that the class in {@link WorkloadTest} returns, checked. */
final class PhaseReader {

    /** Each phase has figures of its own, so their number is bounded. */
    private static final int MAX_PHASES = 1000;

    private final Attributes attributes;
    private final Class<?> type;

    PhaseReader(Attributes attributes) {
        this.attributes = attributes;
        this.type = (Class<?>) attributes.read("value");
    }

    List<Phase> read() {
        PhaseSource source = source();
        List<Phase> phases;
        try {
            phases = source.phases();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw error("phases() threw " + e, e);
        }
        check(phases);
        return List.copyOf(phases);
    }

    private PhaseSource source() {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw error("it must be a class that can be instantiated, not an abstract one", null);
        }
        if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            throw error("a nested class must be static", null);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            Members.open(constructor);
            return (PhaseSource) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw error("it must have a constructor without parameters", e);
        } catch (InvocationTargetException e) {
            throw error("its constructor threw " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw error("it cannot be instantiated: " + e, e);
        }
    }

    @SuppressWarnings("ConstantValue") // a class compiled without null checks may give null all the same
    private void check(@Nullable List<? extends @Nullable Phase> phases) {
        if (phases == null || phases.isEmpty()) {
            throw error(
                    "phases() returned " + (phases == null ? "null" : "none") + ", and there must be at least one",
                    null);
        }
        if (phases.size() > MAX_PHASES) {
            throw error(
                    String.format(
                            Locale.ROOT,
                            "phases() returned %,d, and there may be at most %,d",
                            phases.size(),
                            MAX_PHASES),
                    null);
        }
        Set<String> names = new HashSet<>();
        for (Phase phase : phases) {
            if (phase == null) {
                throw error("phases() returned null as phase " + (names.size() + 1), null);
            }
            if (!names.add(phase.name())) {
                throw error("phases() returned \"" + phase.name() + "\" twice, but the names must differ", null);
            }
        }
    }

    private LoadConfigurationException error(String rule, @Nullable Throwable cause) {
        LoadConfigurationException error = attributes.error("value", type.getSimpleName() + ".class", rule);
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
