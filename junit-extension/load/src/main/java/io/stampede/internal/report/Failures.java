package io.stampede.internal.report;

import io.stampede.internal.format.Numbers;
import io.stampede.result.FailureGroup;
import io.stampede.result.FailureGroup.Sample;
import io.stampede.result.LoadResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What failed in a run, for those who read of its verdict. Pure; may be used by all threads.
 *
 * @since 0.1
 */
public final class Failures {

    private static final int MAX_SUPPRESSED = 4;
    private static final int MAX_TYPES = 10;

    private Failures() {}

    /**
     * Lets an error carry the first failures with their stack traces: the very first as its cause, and the first of each of
     * the other most frequent groups as suppressed.
     *
     * @return the same error
     */
    public static <T extends Throwable> T because(T error, LoadResult result) {
        List<Sample> samples = result.failures().stream()
                .flatMap(group -> group.samples().stream().limit(1))
                .filter(sample -> sample.thrown() != null)
                .collect(Collectors.toCollection(ArrayList::new));
        if (samples.isEmpty()) {
            return error;
        }
        Sample first = Collections.min(samples, Comparator.comparing(Sample::at).thenComparing(Sample::operation));
        attach(error, first.thrown());
        samples.remove(first);
        samples.stream().limit(MAX_SUPPRESSED).forEach(sample -> suppress(error, sample.thrown()));
        return error;
    }

    private static void attach(Throwable error, @Nullable Throwable cause) {
        if (error.getCause() != null) {
            suppress(error, cause);
            return;
        }
        try {
            error.initCause(cause);
        } catch (IllegalStateException e) {
            suppress(error, cause); // it was made without one for good
        }
    }

    private static void suppress(Throwable error, @Nullable Throwable suppressed) {
        if (suppressed != null) {
            error.addSuppressed(suppressed);
        }
    }

    /**
     * What to say of the groups after the first few: how many they are, and each type of exception that is in none of the
     * first. Empty if there are no more.
     */
    public static Optional<String> unshown(LoadResult result, int shown) {
        List<FailureGroup> groups = result.failures();
        if (groups.size() <= shown) {
            return Optional.empty();
        }
        List<FailureGroup> rest = groups.subList(shown, groups.size());
        String count = rest.size() == 1 ? "one more cause" : rest.size() + " more causes";
        List<String> types = rest.stream()
                .map(FailureGroup::type)
                .distinct()
                .filter(type -> groups.subList(0, shown).stream()
                        .noneMatch(group -> group.type().equals(type)))
                .toList();
        if (types.isEmpty()) {
            return Optional.of(count);
        }
        String named = rest.stream()
                .filter(group -> types.contains(group.type()))
                .collect(Collectors.toMap(
                        group -> group.type().equals("(other)") ? "others " + group.shape() : group.type(),
                        FailureGroup::count,
                        Long::sum,
                        LinkedHashMap::new))
                .entrySet()
                .stream()
                .limit(MAX_TYPES)
                .map(type -> Numbers.count(type.getValue()) + " x " + type.getKey())
                .collect(Collectors.joining(", "));
        int more = types.size() - MAX_TYPES;
        return Optional.of(count + ", among them " + named
                + (more <= 0 ? "" : more == 1 ? " and one more type" : " and " + more + " more types"));
    }
}
