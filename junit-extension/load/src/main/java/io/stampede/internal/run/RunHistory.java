package io.stampede.internal.run;

import io.stampede.baseline.Comparison;
import io.stampede.baseline.Comparison.State;
import io.stampede.baseline.Standing;
import io.stampede.internal.baseline.Comparer;
import io.stampede.internal.baseline.Fingerprint;
import io.stampede.internal.baseline.StoredRun;
import io.stampede.internal.history.Commit;
import io.stampede.internal.history.History;
import io.stampede.internal.history.Processor;
import io.stampede.internal.history.StoredText;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.internal.settings.Settings;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.verdict.Verdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares one run with those before it, and keeps it for those that come. Never fails a run. */
final class RunHistory {

    /** Whether runs are kept. */
    enum Mode {
        ON,
        OFF
    }

    private static final int LEAST_KEPT = 5;
    private static final int MOST_KEPT = 10_000;

    private final boolean on;
    private final boolean accept;
    private final History history;
    private final PrintStream out;
    private final Map<String, String> environment;
    private @Nullable String testClass;
    private List<String> formerly = List.of();
    private @Nullable StoredRun run;

    /** @throws IllegalArgumentException if a setting is wrong */
    RunHistory(Settings settings, PrintStream out, Map<String, String> environment) {
        this.on = settings.choice(LoadSettings.HISTORY, Mode.class).orElse(Mode.ON) == Mode.ON;
        this.accept = settings.flag(LoadSettings.HISTORY_ACCEPT).orElse(false);
        this.out = out;
        this.environment = environment;
        long keep = settings.whole(LoadSettings.HISTORY_KEEP, LEAST_KEPT, MOST_KEPT)
                .orElseGet(() -> Long.valueOf(LoadSettings.HISTORY_KEEP.defaultValue()));
        Path directory =
                settings.path(LoadSettings.HISTORY_DIR).orElse(Path.of(LoadSettings.HISTORY_DIR.defaultValue()));
        this.history = new History(
                directory.toAbsolutePath(),
                Math.toIntExact(keep),
                warning -> out.println("Stampede: history: " + warning));
    }

    /** @param names under which the test was kept before */
    void declaredBy(String name, List<String> names) {
        this.testClass = name;
        this.formerly = List.copyOf(names);
    }

    /** Null where there is nothing to say: runs are not kept, or this one did not come to its end. */
    @Nullable
    Comparison compare(LoadResult result) {
        if (!on || result.endedEarly() != null || result.abortedBy() != null) {
            return null;
        }
        try {
            Fingerprint fingerprint = StoredText.of(Fingerprint.of(result, testClass, Processor.model()));
            StoredRun now = StoredRun.of(result, fingerprint, notes(result)).standing(Standing.UNKNOWN, accept);
            String name = now.scenario();
            Comparison comparison = Comparer.compare(
                    now,
                    history.runs(name, formerly, fingerprint),
                    history.latestOther(name, fingerprint).orElse(null),
                    result.scenario().maxSlowdown(),
                    result.scenario()
                            .kind()
                            .search()
                            .map(Kind.Stress::resolution)
                            .orElse(0.0));
            run = comparison.state() == State.NOT_COMPARABLE ? null : now.standing(standing(comparison), accept);
            return comparison;
        } catch (RuntimeException | LinkageError e) {
            out.println("Stampede: history: " + result.scenario().name() + " could not be compared: " + e);
            return null;
        }
    }

    private Map<String, String> notes(LoadResult result) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("seed", Long.toString(result.scenario().seed()));
        String commit = Commit.of(Path.of(""), environment);
        if (commit != null) {
            notes.put("commit", commit);
        }
        return notes;
    }

    private static Standing standing(Comparison comparison) {
        return switch (comparison.state()) {
            case NOT_ENOUGH_RUNS, NOT_COMPARABLE -> Standing.UNKNOWN;
            case NO_CHANGE -> Standing.SAME;
            case SLOWER -> Standing.SLOWER;
            case FASTER -> Standing.FASTER;
        };
    }

    /** Keeps the run, unless nothing can be said of the target by it. */
    void keep(LoadResult result, Verdict verdict) {
        StoredRun kept = run;
        if (kept == null || verdict.outcome() == Verdict.Outcome.INVALID) {
            if (on && accept) {
                out.println("Stampede: history: " + result.scenario().name()
                        + " starts no new level, since this run says nothing of the target. Run it once more with "
                        + LoadSettings.HISTORY_ACCEPT.key() + ".");
            }
            return;
        }
        try {
            history.store(verdict.refusedByBaseline() ? kept.standing(Standing.REFUSED, accept) : kept);
        } catch (RuntimeException | LinkageError e) {
            out.println("Stampede: history: " + result.scenario().name() + " could not be kept: " + e);
        }
    }
}
