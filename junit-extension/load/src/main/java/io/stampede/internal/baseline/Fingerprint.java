package io.stampede.internal.baseline;

import io.stampede.internal.format.Times;
import io.stampede.result.LoadResult;
import io.stampede.result.Machine;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must be equal in two runs, so that their figures can be compared: the plan, the machine, the JVM, what others said
 * of the target. Immutable.
 *
 * @param parts by name
 * @since 0.1
 */
public record Fingerprint(Map<String, String> parts) implements Serializable {

    /** Rises when Stampede measures differently, so that older runs say nothing of newer ones. */
    static final String FORMAT = "1";

    private static final int MAX_LENGTH = 200;

    /** Facts that tell one run from another, and not what it ran on. */
    private static final Set<String> OF_ONE_RUN = Set.of(
            "branch",
            "build",
            "commit",
            "date",
            "job",
            "other load tests",
            "ref",
            "revision",
            "run",
            "sha",
            "started",
            "tag",
            "time");

    public Fingerprint {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }

    /**
     * @param testClass that declares the test; null for one in code
     * @param cpu the processors' model
     */
    public static Fingerprint of(LoadResult result, @Nullable String testClass, String cpu) {
        Map<String, String> parts = new TreeMap<>();
        Scenario scenario = result.scenario();
        Machine machine = result.machine();
        parts.put("format", FORMAT);
        if (testClass != null) {
            parts.put("test class", exact(testClass));
        }
        parts.put("plan", asBefore(scenario.describe()));
        parts.put("kind", exact(scenario.kind().plan()));
        parts.put(
                "workload",
                exact(asBefore(
                        scenario.phases().stream().map(Phase::workload).toList().toString())));
        Phase warmUp = scenario.warmUp();
        parts.put(
                "warm-up",
                warmUp == null ? "none" : exact(asBefore(warmUp.workload().toString())));
        parts.put("scale", Times.number(scenario.scale()));
        parts.put("threads", machine.threads());
        parts.put("system", machine.os().replaceFirst("\\s+\\S*$", "") + ", " + machine.arch());
        parts.put("processors", machine.processors() + " x " + cpu);
        parts.put("heap", heap(machine.memoryBytes()));
        parts.put("Java", machine.java() + ", " + machine.jvm());
        result.facts().forEach((name, text) -> {
            if (!OF_ONE_RUN.contains(name.toLowerCase(Locale.ROOT))) {
                parts.put("fact " + name, exact(gist(text)));
            }
        });
        return new Fingerprint(parts);
    }

    /** With the words that the first runs of a history were kept under, so that they stay comparable. */
    private static String asBefore(String text) {
        return text.replace(", ramped up over ", ", started over ").replace(", rampUp=", ", startOver=");
    }

    /** What is before a colon: after it come reasons and counts, which differ though nothing else does. */
    private static String gist(String fact) {
        int colon = fact.indexOf(": ");
        return colon < 0 ? fact : fact.substring(0, colon);
    }

    // To a quarter of a power of two: machines of one sort differ by a few megabytes.
    private static String heap(long bytes) {
        double gibibytes = bytes / (double) (1L << 30);
        if (!(gibibytes > 0)) {
            return "unknown";
        }
        return "about " + Times.number(Math.pow(2, Math.round(4 * Math.log(gibibytes) / Math.log(2)) / 4.0)) + " GiB";
    }

    /** A text that may be long, cut, but still different where the whole is. */
    private static String exact(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 19) + "... " + hash(text);
    }

    /** A short name of it, for files: equal where the parts are. */
    public String id() {
        return hash(String.join(
                "\n", parts.entrySet().stream().map(Object::toString).toList()));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%064x", new BigInteger(1, digest))
                    .substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** What is not equal, such as {@code Java was 17.0.1 and is 21}; empty where nothing is. */
    public List<String> differences(Fingerprint earlier) {
        Set<String> names = new TreeSet<>(parts.keySet());
        names.addAll(earlier.parts.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            @Nullable String is = parts.get(name);
            @Nullable String was = earlier.parts.get(name);
            if (!String.valueOf(is).equals(String.valueOf(was))) {
                differences.add(
                        name + " was " + (was == null ? "unknown" : was) + " and is " + (is == null ? "unknown" : is));
            }
        }
        return differences;
    }
}
