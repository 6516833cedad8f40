package io.stampede.report.build;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the JVMs of a build have done so far. Immutable.
 *
 * @param builds ids of the build, and of those that it found running or that began while it ran
 * @param at when one of its JVMs last began or ended something
 * @param older whether files of load tests are of an earlier build: they go when the first load test of this one comes
 * @param shown whether a report of this build has been made
 * @param owners what each directory of a load test holds, by the directory's name in lower case
 * @param parts what each JVM adds to the reports, by {@link Jvm#run}; data as {@link io.stampede.report.text.Json} reads it
 */
record BuildState(
        Set<String> builds,
        Instant at,
        boolean older,
        boolean shown,
        List<Jvm> jvms,
        Map<String, String> owners,
        Map<String, Object> parts) {

    static final BuildState NONE = new BuildState(Set.of(), Instant.EPOCH, true, false, List.of(), Map.of(), Map.of());

    /** Between two tasks of one build that a daemon runs; a build that begins later is another. */
    static final Duration MAX_GAP = Duration.ofMinutes(10);

    BuildState {
        builds = Set.copyOf(builds);
        jvms = List.copyOf(jvms);
        owners = Collections.unmodifiableMap(new LinkedHashMap<>(owners));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A JVM of another build that is still running, so that nothing of it may be removed; null if there is none. */
    @Nullable
    Jvm running(Build current, Predicate<Jvm> alive) {
        return builds.stream().anyMatch(current::hasId)
                ? null
                : jvms.stream().filter(alive).findFirst().orElse(null);
    }

    /**
     * Whether a JVM that begins now is part of this build. Where others may have the id, not if a JVM that has ended ran one
     * of the same classes, since a build runs each once; nor if nothing was heard of the build for long.
     */
    boolean includes(Build current, Jvm own, Predicate<Jvm> alive, Instant now) {
        if (jvms.stream().anyMatch(alive) || jvms.stream().anyMatch(own::sameAs)) {
            return true;
        }
        if (!builds.stream().anyMatch(current::hasId)) {
            return false;
        }
        return current.single()
                || (Duration.between(at, now).compareTo(MAX_GAP) <= 0
                        && jvms.stream().allMatch(jvm -> Collections.disjoint(jvm.classes(), own.classes())));
    }

    /** As a build begins that has this id. */
    static BuildState begun(Build build) {
        return new BuildState(Set.of(build.id()), Instant.EPOCH, true, false, List.of(), Map.of(), Map.of());
    }

    BuildState with(Build current, Jvm own, Instant now) {
        Set<String> ids = new LinkedHashSet<>(builds);
        ids.add(current.id());
        List<Jvm> all = new ArrayList<>(jvms);
        all.removeIf(own::sameAs);
        all.add(own);
        return new BuildState(ids, now, older, shown, all, owners, parts);
    }

    /** With load tests of its own, and none of earlier builds. */
    BuildState withLoadTests() {
        return older ? new BuildState(builds, at, false, false, jvms, Map.of(), Map.of()) : this;
    }

    BuildState withOwner(String directory, String owner) {
        Map<String, String> all = new LinkedHashMap<>(owners);
        all.put(directory, owner);
        return new BuildState(builds, at, older, shown, jvms, all, parts);
    }

    BuildState withPart(Jvm own, Object part) {
        Map<String, Object> all = new LinkedHashMap<>(parts);
        all.put(own.run(), part);
        return new BuildState(builds, at, older, shown, jvms, owners, all);
    }

    BuildState asShown() {
        return new BuildState(builds, at, older, true, jvms, owners, parts);
    }

    Set<String> directories() {
        return owners.keySet();
    }
}
