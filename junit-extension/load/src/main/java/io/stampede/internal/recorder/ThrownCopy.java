package io.stampede.internal.recorder;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operation threw, as text: it prints as the original does, down to the method of the test. Unlike the original, it
 * can always be printed and serialized, is of bounded size, and keeps nothing of the user's alive.
 */
final class ThrownCopy extends Exception {

    private static final long serialVersionUID = 1L;

    /** With causes and suppressed ones. */
    private static final int MAX_THROWABLES = 20;

    private static final int MAX_SUPPRESSED = 3;
    private static final int FIRST_FRAMES = 150;
    private static final int LAST_FRAMES = 50;

    private final String type;

    private ThrownCopy(Throwable original, @Nullable Throwable cause) {
        super(Thrown.message(original), cause);
        this.type = original.getClass().getName();
        setStackTrace(shortened(Thrown.frames(original)));
    }

    static ThrownCopy of(Throwable original) {
        return of(original, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static ThrownCopy of(Throwable original, Set<Throwable> copied) {
        copied.add(original);
        ThrownCopy copy = new ThrownCopy(original, cause(original, copied));
        Throwable[] suppressed = suppressed(original);
        for (int i = 0; i < Math.min(suppressed.length, MAX_SUPPRESSED); i++) {
            if (wanted(suppressed[i], copied)) {
                copy.addSuppressed(of(suppressed[i], copied));
            }
        }
        return copy;
    }

    private static @Nullable Throwable cause(Throwable original, Set<Throwable> copied) {
        try {
            Throwable cause = original.getCause();
            return cause != null && wanted(cause, copied) ? of(cause, copied) : null;
        } catch (RuntimeException | Error e) {
            return null;
        }
    }

    private static Throwable[] suppressed(Throwable original) {
        try {
            return original.getSuppressed();
        } catch (RuntimeException | Error e) {
            return new Throwable[0];
        }
    }

    private static boolean wanted(Throwable found, Set<Throwable> copied) {
        return copied.size() < MAX_THROWABLES && !copied.contains(found);
    }

    private static StackTraceElement[] shortened(StackTraceElement[] frames) {
        int last = frames.length - 1;
        while (last >= 0 && !Thrown.mayBeOfTest(frames[last])) {
            last--;
        }
        StackTraceElement[] own = last < 0 ? frames : Arrays.copyOf(frames, last + 1);
        if (own.length <= FIRST_FRAMES + LAST_FRAMES) {
            return own;
        }
        StackTraceElement[] few = Arrays.copyOf(own, FIRST_FRAMES + 1 + LAST_FRAMES);
        int left = own.length - FIRST_FRAMES - LAST_FRAMES;
        few[FIRST_FRAMES] = new StackTraceElement("(" + left + " frames more)", "", null, -1);
        System.arraycopy(own, own.length - LAST_FRAMES, few, FIRST_FRAMES + 1, LAST_FRAMES);
        return few;
    }

    /** Its own stack trace says nothing, and is replaced at once. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The original's type and message, where all others would print the type of this class. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        String message = Objects.requireNonNullElse(getMessage(), "");
        return message.isEmpty() ? type : type + ": " + message;
    }
}
