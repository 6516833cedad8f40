package io.stampede.internal.recorder;

import io.stampede.result.FailureGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Failures by cause, of bounded size: by type and message as long as there are few, then by type and by where they were
 * thrown, then by type alone. May be used by all threads.
 */
final class FailureLog {

    static final int MAX_GROUPS = 50;
    static final int MAX_SAMPLES = 3;

    /** Messages that are known to the letter, which need not be read again. */
    private static final int MAX_KNOWN = 200;

    /** Stack traces that are read for where they begin: reading one takes longer than all the rest. */
    private static final int MAX_PLACES_READ = 5_000;

    /** Types of which there is no group, by name. */
    private static final int MAX_OTHER_TYPES = 1_000;

    private static final int MAX_OTHER_NAMED = 10;

    private static final String SEVERAL_PLACES = "several places";

    // What follows is guarded by this.
    private final Map<Text, Group> known = new HashMap<>();
    private final Map<Text, Group> byMessage = new LinkedHashMap<>();
    private final Map<Origin, Group> byOrigin = new LinkedHashMap<>();
    private final Set<String> otherTypes = new LinkedHashSet<>();
    private @Nullable Group others;
    private int placesRead;

    /** A message, or the form of one. */
    private record Text(String type, String text) {}

    private record Origin(String type, String place) {}

    void add(long operation, long atNanos, Throwable failure) {
        String type = failure.getClass().getName();
        String message = Thrown.message(failure);
        Group group = counted(failure, type, message);
        int samples = samples(group);
        if (samples < MAX_SAMPLES) {
            // The exception is code of the user's, which must not be called with the lock held.
            FailureGroup.Sample sample = new FailureGroup.Sample(
                    operation,
                    Duration.ofNanos(Math.max(0, atNanos)),
                    message,
                    Thrown.trace(failure),
                    samples == 0 ? ThrownCopy.of(failure) : null);
            keep(group, sample);
        }
    }

    private Group counted(Throwable failure, String type, String message) {
        Text exact = new Text(type, message);
        synchronized (this) {
            Group group = known.get(exact);
            if (group != null) {
                group.count++;
                return group;
            }
        }
        Message read = Message.of(message);
        synchronized (this) {
            Group group = find(type, read);
            if (group != null) {
                return count(group, exact, read);
            }
        }
        String place = mayReadPlace() ? Thrown.place(failure) : SEVERAL_PLACES;
        synchronized (this) {
            Group group = find(type, read); // another thread may have made it meanwhile
            return count(group == null ? create(new Origin(type, place), read) : group, exact, read);
        }
    }

    private synchronized boolean mayReadPlace() {
        return placesRead++ < MAX_PLACES_READ;
    }

    private Group count(Group group, Text exact, Message read) {
        group.add(read);
        if (group != others && known.size() < MAX_KNOWN) {
            known.put(exact, group);
        }
        return group;
    }

    private @Nullable Group find(String type, Message read) {
        Group group = byMessage.get(new Text(type, read.form()));
        if (group != null) {
            return group;
        }
        for (Map.Entry<Origin, Group> merged : byOrigin.entrySet()) {
            if (merged.getKey().type().equals(type) && merged.getValue().text.covers(read)) {
                return merged.getValue();
            }
        }
        return byOrigin.get(new Origin(type, SEVERAL_PLACES));
    }

    private Group create(Origin origin, Message read) {
        if (size() >= MAX_GROUPS && merged(origin) == null) {
            makeRoom();
        }
        Group group = merged(origin);
        if (group != null) {
            return group;
        }
        if (size() < MAX_GROUPS) {
            group = new Group(origin, read);
            byMessage.put(new Text(origin.type(), read.form()), group);
            return group;
        }
        if (otherTypes.size() < MAX_OTHER_TYPES) {
            otherTypes.add(origin.type());
        }
        group = others;
        if (group == null) {
            group = new Group(origin, read);
            others = group;
        }
        return group;
    }

    private @Nullable Group merged(Origin origin) {
        Group group = byOrigin.get(origin);
        return group == null ? byOrigin.get(new Origin(origin.type(), SEVERAL_PLACES)) : group;
    }

    private int size() {
        return byMessage.size() + byOrigin.size();
    }

    /** Makes one group of the many that one type at one place has; failing that, of the many that one type has. */
    private void makeRoom() {
        List<Group> rare = mostNumerous(byMessage.values(), Group::origin, true);
        if (rare.size() < 2) {
            Collection<Group> all = Stream.concat(byMessage.values().stream(), byOrigin.values().stream())
                    .toList();
            rare = mostNumerous(all, group -> group.origin().type(), true);
            if (rare.size() < 2) {
                rare = mostNumerous(all, group -> group.origin().type(), false);
            }
        }
        if (rare.size() >= 2) {
            merge(rare);
        }
    }

    /** @param rare whether a group that has a tenth of all that its kind has is left out, since it tells something */
    private static <K> List<Group> mostNumerous(Collection<Group> groups, Function<Group, K> kind, boolean rare) {
        return groups.stream()
                .collect(Collectors.groupingBy(kind, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(alike -> rare ? rare(alike) : alike)
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private static List<Group> rare(List<Group> alike) {
        long all = alike.stream().mapToLong(group -> group.count).sum();
        return alike.stream().filter(group -> group.count * 10 < all).toList();
    }

    private void merge(List<Group> groups) {
        String type = groups.get(0).origin().type();
        Set<String> places =
                groups.stream().map(group -> group.origin().place()).collect(Collectors.toSet());
        Origin origin = new Origin(type, places.size() == 1 ? places.iterator().next() : SEVERAL_PLACES);
        byMessage.values().removeAll(groups);
        byOrigin.values().removeAll(groups);
        known.clear();
        Group already = byOrigin.get(origin);
        List<Group> all = already == null
                ? groups
                : Stream.concat(Stream.of(already), groups.stream()).toList();
        byOrigin.put(origin, Group.of(origin, all));
    }

    private synchronized int samples(Group group) {
        return group.current().samples.size();
    }

    private synchronized void keep(Group group, FailureGroup.Sample sample) {
        List<FailureGroup.Sample> samples = group.current().samples;
        if (samples.size() < MAX_SAMPLES) {
            samples.add(sample);
        }
    }

    /** Most frequent first. */
    synchronized List<FailureGroup> groups() {
        List<FailureGroup> groups = new ArrayList<>();
        byMessage
                .values()
                .forEach(group -> groups.add(group.named(group.origin().type(), group.text.shown())));
        byOrigin.forEach((origin, group) -> groups.add(group.named(origin.type(), shown(origin, group))));
        Group rest = others;
        if (rest != null) {
            groups.add(rest.named("(other)", otherTypes()));
        }
        groups.sort(Comparator.comparingLong(FailureGroup::count).reversed());
        return groups;
    }

    private static String shown(Origin origin, Group group) {
        return group.text.shown() + (origin.place().isEmpty() ? "" : " (thrown at " + origin.place() + ")");
    }

    private String otherTypes() {
        String named = otherTypes.stream().limit(MAX_OTHER_NAMED).collect(Collectors.joining(", "));
        int more = otherTypes.size() - MAX_OTHER_NAMED;
        String rest = more <= 0
                ? ""
                : " and " + more + (otherTypes.size() < MAX_OTHER_TYPES ? "" : " or more") + " more types";
        return "beside " + MAX_GROUPS + " other causes: " + named + rest;
    }

    /** Guarded by the log. */
    private static final class Group {
        private final Origin origin;
        private final CommonText text;
        private final List<FailureGroup.Sample> samples = new ArrayList<>();
        private long count;
        private @Nullable Group mergedInto;

        Group(Origin origin, Message first) {
            this(origin, CommonText.of(first));
        }

        private Group(Origin origin, CommonText text) {
            this.origin = origin;
            this.text = text;
        }

        /** One group of several. */
        static Group of(Origin origin, List<Group> groups) {
            Group all = new Group(
                    origin,
                    CommonText.of(groups.stream().map(group -> group.text).toList()));
            for (Group group : groups) {
                all.count += group.count;
                group.samples.stream().limit(MAX_SAMPLES - all.samples.size()).forEach(all.samples::add);
                group.mergedInto = all;
            }
            return all;
        }

        Origin origin() {
            return origin;
        }

        void add(Message message) {
            count++;
            text.add(message);
        }

        Group current() {
            Group current = this;
            while (current.mergedInto != null) {
                current = current.mergedInto;
            }
            return current;
        }

        FailureGroup named(String type, String shape) {
            return new FailureGroup(type, shape, count, samples);
        }
    }
}
