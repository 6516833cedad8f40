package io.stampede.internal.run;

import io.stampede.internal.lock.MachineLock;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.internal.settings.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How a run sees to it that it is the only one on its machine.
 *
 * @param atMost how long it waits for others at most
 * @param port of the lock
 * @param token of the run that started this JVM; empty for none
 */
record LockSettings(MachineLock.Mode mode, Duration atMost, int port, String token) {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int FIRST_PORT = 1_024;
    private static final int LAST_PORT = 65_535;
    private static final AtomicBoolean SAID_OFF = new AtomicBoolean();

    /** @throws IllegalArgumentException if a setting is wrong */
    static LockSettings of(Settings settings) {
        return new LockSettings(
                settings.choice(LoadSettings.LOCK, MachineLock.Mode.class).orElse(MachineLock.Mode.WAIT),
                settings.duration(LoadSettings.LOCK_WAIT, Duration.ZERO, LONGEST)
                        .orElse(Duration.ofMinutes(10)),
                settings.whole(LoadSettings.LOCK_PORT, FIRST_PORT, LAST_PORT)
                        .map(Math::toIntExact)
                        .orElseGet(() -> Integer.valueOf(LoadSettings.LOCK_PORT.defaultValue())),
                settings.text(LoadSettings.LOCK_TOKEN).orElse(""));
    }

    /** Waits; what the reports are going to say is on the console too, once where it is what the user has set. */
    MachineLock.Held acquire(String test, PrintStream out) {
        if (mode == MachineLock.Mode.OFF) {
            MachineLock.Held none = MachineLock.none("stampede.lock = off");
            if (SAID_OFF.compareAndSet(false, true)) {
                say(out, none);
            }
            return none;
        }
        MachineLock.Held held =
                MachineLock.at(port).acquire(test, atMost, token, line -> out.println("Stampede: " + line));
        say(out, held);
        return held;
    }

    private static void say(PrintStream out, MachineLock.Held held) {
        held.fact().ifPresent(fact -> out.println("Stampede: other load tests on this machine " + fact));
    }
}
