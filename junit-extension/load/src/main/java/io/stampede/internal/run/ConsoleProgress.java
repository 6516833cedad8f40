package io.stampede.internal.run;

import io.stampede.internal.engine.Progress;
import io.stampede.internal.format.Times;
import io.stampede.result.GaugeSeries;
import io.stampede.result.Snapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/** Prints how far a run is: one line that changes on a terminal, elsewhere a line now and then. */
final class ConsoleProgress implements Progress {

    private static final int COLUMNS = 110;

    private final PrintStream out;
    private final String name;
    private final boolean live;
    private final long everyNanos;
    private long shownNanos;
    private int shownLength;

    /** @param every how often a plain line is printed */
    ConsoleProgress(PrintStream out, String name, boolean live, Duration every) {
        this.out = out;
        this.name = name;
        this.live = live;
        this.everyNanos = every.toNanos();
    }

    @Override
    public void show(Snapshot snapshot) {
        long elapsed = snapshot.elapsed().toNanos();
        if (elapsed < shownNanos) {
            shownNanos = 0; // the warm-up is over
        }
        if (!live && elapsed - shownNanos < everyNanos) {
            return;
        }
        shownNanos = elapsed;
        String line = line(name, snapshot);
        if (live) {
            // Written over the line before; blanks take away what that had more.
            line = cut(line); // a line that wraps could not be written over
            out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
            out.flush();
            shownLength = line.length();
        } else {
            out.println(line);
        }
    }

    /** Clears the live line, so that what follows starts on an empty one. */
    void end() {
        if (shownLength > 0) {
            out.print("\r" + " ".repeat(shownLength) + "\r");
            out.flush();
            shownLength = 0;
        }
    }

    static String line(String name, Snapshot snapshot) {
        StringJoiner line = new StringJoiner("  ");
        String where = where(snapshot);
        line.add(where.isEmpty() ? name : name + " [" + where + "]");
        line.add(snapshot.planned() > 0 ? byCount(snapshot) : byTime(snapshot));
        double seconds = snapshot.elapsed().toNanos() / 1e9;
        line.add(Times.number(seconds == 0 ? 0 : snapshot.ended() / seconds) + "/s");
        line.add("p95 "
                + (Double.isNaN(snapshot.progress().p95Nanos())
                        ? "-"
                        : Times.formatNanos(snapshot.progress().p95Nanos())));
        line.add(String.format(Locale.ROOT, "%,d failed", snapshot.progress().failed()));
        long leftNanos = snapshot.plan().minus(snapshot.elapsed()).toNanos();
        if (leftNanos > 0) {
            line.add(Times.format(Duration.ofSeconds(Math.max(1, Math.round(leftNanos / 1e9)))) + " left");
        }
        snapshot.gauges().forEach((gauge, reading) -> {
            if (!Double.isNaN(reading.value()) && !GaugeSeries.ofEngine(gauge)) {
                line.add(gauge + " " + reading.unit().format(reading.value()));
            }
        });
        return line.toString();
    }

    private static String where(Snapshot snapshot) {
        return switch (snapshot.stage()) {
            case WARM_UP, LOAD -> snapshot.phase();
            case SETTLING, RECOVERY ->
                snapshot.phase().isEmpty()
                        ? snapshot.stage().label()
                        : snapshot.phase() + ", " + snapshot.stage().label();
        };
    }

    private static String byCount(Snapshot snapshot) {
        return String.format(
                Locale.ROOT,
                "%,d / %,d (%d%%)",
                snapshot.ended(),
                snapshot.planned(),
                100 * snapshot.ended() / snapshot.planned());
    }

    /** Users run as many operations as the target allows, so only the time says how far they are. */
    private static String byTime(Snapshot snapshot) {
        double share = (double) snapshot.elapsed().toNanos()
                / Math.max(1, snapshot.plan().toNanos());
        return String.format(
                Locale.ROOT, "%,d operations (%d%%)", snapshot.ended(), Math.min(100, Math.round(100 * share)));
    }

    private static String cut(String line) {
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 3) + "...";
    }
}
