package io.stampede.report.readiness;

import io.stampede.report.readiness.Evidence.MissedTarget;
import io.stampede.report.readiness.Evidence.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "Ready for production?", line by line. A line is green only if everything that speaks for it passed:
 * one that was skipped or is of another time leaves it open. An invalid load test makes it red: what was to be shown was
 * tried, and nobody knows.
 *
 * @param at when it was drawn up
 * @param commit of the build; null if it is not known
 */
record Checklist(List<Line> lines, Instant at, @Nullable String commit) {

    /** Lines that load tests of a kind speak for, by the kind's label. */
    private static final List<String> KINDS = List.of("sustained load", "spike", "endurance", "stress");

    private static final String ALL_TARGETS = "all targets met";

    /** Lines that annotated tests speak for. */
    private static final List<String> PROVEN = List.of("monitoring", "alerting", "graceful shutdown", "documentation");

    /** How a line stands. */
    enum Status {
        /** All that speaks for it passed. */
        GREEN,
        /** Something that speaks for it failed, or was a load test that proved nothing. */
        RED,
        /** Nothing failed, but not all was run and is of this build. */
        NOT_RUN;

        /** For people. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One line.
     *
     * @param name such as {@code Graceful shutdown}
     * @param reason one sentence or a few: why it stands so
     * @param findings more to the reason, one line each: which targets were missed
     * @param evidence all that speaks for it, with what is stale
     */
    record Line(String name, Status status, String reason, List<String> findings, List<Item> evidence) {
        Line {
            findings = List.copyOf(findings);
            evidence = List.copyOf(evidence);
        }

        Line(String name, Status status, String reason, List<Item> evidence) {
            this(name, status, reason, List.of(), evidence);
        }
    }

    /**
     * A piece of evidence in a line.
     *
     * @param stale why it does not count any more; null if it counts
     */
    record Item(Evidence evidence, @Nullable String stale) {}

    Checklist {
        lines = List.copyOf(lines);
    }

    /**
     * Draws it up.
     *
     * @param maxAge older evidence does not count, nor does that of another commit, if both commits are known
     */
    static Checklist of(List<Evidence> evidence, Instant now, Duration maxAge, @Nullable String commit) {
        List<Item> items = evidence.stream()
                .map(one -> new Item(one, stale(one, now, maxAge, commit)))
                .toList();
        List<Line> lines = new ArrayList<>();
        KINDS.forEach(kind -> lines.add(line(kind, speakingFor(kind, items))));
        lines.add(allTargets(speakingFor(ALL_TARGETS, items)));
        Map<String, List<Item>> others = new LinkedHashMap<>();
        PROVEN.forEach(name -> others.put(name, speakingFor(name, items)));
        items.stream()
                .filter(item -> item.evidence().load() == null)
                .flatMap(item -> item.evidence().lines().stream())
                .filter(name -> !KINDS.contains(name) && !name.equals(ALL_TARGETS))
                .sorted()
                .forEach(name -> others.computeIfAbsent(name, n -> speakingFor(n, items)));
        others.forEach((name, speaking) -> lines.add(line(name, speaking)));
        return new Checklist(lines, now, commit);
    }

    /** A line's name as it is compared: in lower case, with single blanks. */
    static String key(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** Red if any line is, green if all are, otherwise not run. */
    Status status() {
        if (count(Status.RED) > 0) {
            return Status.RED;
        }
        return count(Status.NOT_RUN) > 0 ? Status.NOT_RUN : Status.GREEN;
    }

    long count(Status status) {
        return lines.stream().filter(line -> line.status() == status).count();
    }

    /** The answer in a few words. */
    String headline() {
        return switch (status()) {
            case GREEN -> "Ready for production";
            case RED -> "Not ready for production";
            case NOT_RUN -> "Not yet shown to be ready for production";
        };
    }

    /** Such as {@code 5 of 9 lines green, 1 red, 3 not run}. */
    String counts() {
        StringBuilder counts = new StringBuilder()
                .append(count(Status.GREEN))
                .append(" of ")
                .append(lines.size())
                .append(" lines green");
        for (Status status : List.of(Status.RED, Status.NOT_RUN)) {
            if (count(status) > 0) {
                counts.append(", ").append(count(status)).append(' ').append(status.label());
            }
        }
        return counts.toString();
    }

    private static @Nullable String stale(Evidence evidence, Instant now, Duration maxAge, @Nullable String commit) {
        if (commit != null && evidence.commit() != null && !commit.equals(evidence.commit())) {
            return "of another commit, " + abbreviated(evidence.commit());
        }
        Duration age = Duration.between(evidence.at(), now);
        return age.compareTo(maxAge) > 0 ? "of an earlier run" : null;
    }

    /** A commit as people write it. */
    static String abbreviated(String commit) {
        return commit.length() <= 10 ? commit : commit.substring(0, 10);
    }

    private static List<Item> speakingFor(String name, List<Item> items) {
        return items.stream()
                .filter(item -> item.evidence().lines().contains(name)
                        || (name.equals(ALL_TARGETS)
                                && item.evidence().load() != null
                                && item.evidence().judged()))
                .toList();
    }

    private static Line line(String name, List<Item> items) {
        List<Evidence> failed = counting(items, Outcome.FAILED);
        if (!failed.isEmpty()) {
            String reason = failed.size() + " failed: " + names(failed) + ".";
            return new Line(title(name), Status.RED, reason + invalid(" ", items), items);
        }
        String invalid = invalid("", items);
        if (!invalid.isEmpty()) {
            return new Line(title(name), Status.RED, invalid, items);
        }
        return open(name, items, counting(items, Outcome.PASSED).size() + " passed.");
    }

    private static Line allTargets(List<Item> items) {
        List<String> missed = new ArrayList<>();
        for (Item item : items) {
            if (item.stale() == null) {
                for (MissedTarget row : item.evidence().rows()) {
                    missed.add(item.evidence().name() + ": " + row.metric() + " " + row.actual() + " (target "
                            + row.target() + ", " + row.band().label().toLowerCase(Locale.ROOT) + ")");
                }
            }
        }
        if (!missed.isEmpty()) {
            String count = missed.size() == 1 ? "1 target was missed." : missed.size() + " targets were missed.";
            return new Line(title(ALL_TARGETS), Status.RED, count + invalid(" ", items), missed, items);
        }
        List<Evidence> failed = counting(items, Outcome.FAILED);
        if (!failed.isEmpty()) {
            String reason = "Failed otherwise: " + names(failed) + ".";
            return new Line(title(ALL_TARGETS), Status.RED, reason + invalid(" ", items), items);
        }
        String invalid = invalid("", items);
        if (!invalid.isEmpty()) {
            return new Line(title(ALL_TARGETS), Status.RED, invalid, items);
        }
        long loads =
                items.stream().filter(item -> item.evidence().load() != null).count();
        return open(
                ALL_TARGETS,
                items,
                loads == 0
                        ? items.size() + " passed."
                        : "Every target of " + loads + (loads == 1 ? " load test" : " load tests") + " was met.");
    }

    /** What to say of invalid load tests; empty if there are none. */
    private static String invalid(String before, List<Item> items) {
        List<Evidence> invalid = counting(items, Outcome.INVALID);
        return invalid.isEmpty() ? "" : before + "INVALID, so it proves nothing: " + names(invalid) + ".";
    }

    /** Of a line in which nothing failed, and no load test was invalid. */
    private static Line open(String name, List<Item> items, String green) {
        if (items.isEmpty()) {
            return new Line(title(name), Status.NOT_RUN, missing(name), items);
        }
        List<String> open = new ArrayList<>();
        for (Item item : items) {
            if (item.stale() != null) {
                open.add(item.evidence().name() + " is " + item.stale());
            } else if (item.evidence().outcome() != Outcome.PASSED) {
                Outcome outcome = item.evidence().outcome();
                boolean passed =
                        outcome == Outcome.SCALED_DOWN || outcome == Outcome.OUTSIDE || outcome == Outcome.RERUN;
                open.add(item.evidence().name() + (passed ? " " : " was ") + outcome.label());
            }
        }
        return open.isEmpty()
                ? new Line(title(name), Status.GREEN, green, items)
                : new Line(title(name), Status.NOT_RUN, some(open) + ".", items);
    }

    private static String missing(String name) {
        if (KINDS.contains(name)) {
            return "No load test of this kind gave a result.";
        }
        return name.equals(ALL_TARGETS)
                ? "No load test with targets gave a result."
                : "No test that carries @ProvesReadiness(\"" + name + "\") was run.";
    }

    private static List<Evidence> counting(List<Item> items, Outcome outcome) {
        return items.stream()
                .filter(item -> item.stale() == null && item.evidence().outcome() == outcome)
                .map(Item::evidence)
                .toList();
    }

    private static String names(List<Evidence> evidence) {
        return some(evidence.stream().map(Evidence::name).toList());
    }

    private static String some(List<String> texts) {
        int most = 8;
        return String.join("; ", texts.subList(0, Math.min(most, texts.size())))
                + (texts.size() > most ? "; and " + (texts.size() - most) + " more" : "");
    }

    private static String title(String name) {
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first).toUpperCase(Locale.ROOT) + name.substring(first);
    }
}
