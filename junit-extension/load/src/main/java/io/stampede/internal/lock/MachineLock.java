package io.stampede.internal.lock;

import io.stampede.internal.format.Times;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one JVM of a machine run load tests at a time: two at once would measure each other. Whoever has bound a port of
 * 127.0.0.1 holds the lock, so it ends with its process, needs no file that others may not write, and can be asked who it
 * is. Runs of one JVM share it. May be used by all threads.
 */
public final class MachineLock {

    /** What is done about other load tests on the machine. */
    public enum Mode {
        /** They are waited for. */
        WAIT,
        /** They are not. */
        OFF
    }

    /** The fact that reports show if others may have run at the same time. */
    public static final String FACT = "other load tests";

    private static final Map<Integer, MachineLock> LOCKS = new ConcurrentHashMap<>();
    private static final String MAY_HAVE_RUN = "may have run at the same time: ";

    private static final long TRY_MILLIS = 100;
    private static final long MAX_END_MILLIS = 1_000;
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final long ASK_NANOS = 2_000_000_000L; // asking takes the holder's time
    private static final long COURTESY_NANOS = 500_000_000L; // a few tries of those who wait

    /** How long a port may be taken by something that does not say that it is a load test. */
    private static final long STRANGER_NANOS = 10_000_000_000L;

    private final InetSocketAddress address;
    private final String jvm;
    private int runs; // guarded by this, as is the rest
    private @Nullable ServerSocket server;
    private @Nullable Thread answers;
    private @Nullable Holder holder;
    private volatile long askedNanos = System.nanoTime() - Duration.ofDays(1).toNanos();
    private volatile long courtesyUntilNanos = System.nanoTime();

    /** @param jvm tells it from all others on the machine */
    MachineLock(int port, String jvm) {
        this.address = new InetSocketAddress(loopback(), port);
        this.jvm = jvm;
    }

    /** The lock of this JVM. */
    public static MachineLock at(int port) {
        return LOCKS.computeIfAbsent(port, number -> new MachineLock(number, Holder.thisJvm()));
    }

    // Not that of InetAddress, which settings of a JVM may make another one.
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    /** No lock: others may run. */
    public static Held none(String why) {
        return new Held(() -> {}, "", MAY_HAVE_RUN + why);
    }

    /**
     * The lock, or the leave to run without it. {@link #close} gives it back.
     *
     * @since 0.1
     */
    public static final class Held implements AutoCloseable {

        private final Runnable release;
        private final String token;
        private final @Nullable String fact;

        private Held(Runnable release, String token, @Nullable String fact) {
            this.release = release;
            this.token = token;
            this.fact = fact;
        }

        /** What reports say; empty if no other load test can have run. */
        public Optional<String> fact() {
            return Optional.ofNullable(fact);
        }

        /** For JVMs that the run starts: with it they share the lock. Empty if there is none. */
        public String token() {
            return token;
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /**
     * Waits until no other JVM runs a load test. If the calling thread is interrupted, it waits no longer and the thread
     * stays interrupted.
     *
     * @param test that is going to run
     * @param wait how long at most; then the run goes on without the lock, and says so
     * @param token of the run that has started this JVM; empty for none
     * @param out is told once, after a second, who is waited for
     */
    public Held acquire(String test, Duration wait, String token, Consumer<String> out) {
        long beganNanos = System.nanoTime();
        Waiting waiting = new Waiting(test, wait, out);
        beCourteous();
        long askNanos = beganNanos;
        while (true) {
            try {
                Held held = tryNow(test);
                if (held != null) {
                    return held;
                }
            } catch (IOException e) {
                return none("the lock of this machine could not be made, " + e);
            }
            long now = System.nanoTime();
            if (now - askNanos >= 0) {
                Optional<Holder> asked = Holder.at(address);
                if (asked.filter(other -> sharesWith(other, token)).isPresent()) {
                    return new Held(() -> {}, token, null);
                }
                waiting.heard(asked.orElse(null));
                askNanos = now + ASK_NANOS;
            }
            Optional<String> enough = waiting.enough(System.nanoTime() - beganNanos);
            if (enough.isPresent()) {
                return none(enough.get());
            }
            if (!sleep(Math.min(TRY_MILLIS, Math.max(1, wait.toMillis())))) {
                return none("it was interrupted while it waited for them");
            }
        }
    }

    private boolean sharesWith(Holder other, String token) {
        // The same process under another class loader would wait for itself.
        return other.jvm().equals(jvm) || (!token.isEmpty() && other.token().equals(token));
    }

    /** Lets those go first who wait already: otherwise a JVM with many load tests would never let another in. */
    private void beCourteous() {
        long left = courtesyUntilNanos - System.nanoTime();
        if (left > 0) {
            sleep(1 + left / 1_000_000);
        }
    }

    /** False if the thread was interrupted, and then it still is. */
    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Null if another JVM holds it. */
    private synchronized @Nullable Held tryNow(String test) throws IOException {
        if (server == null) {
            ServerSocket bound = new ServerSocket();
            try {
                bound.bind(address, 20);
            } catch (BindException e) {
                bound.close();
                return null;
            } catch (IOException e) {
                bound.close();
                throw e;
            }
            server = bound;
            Holder self = new Holder(jvm, UUID.randomUUID().toString(), Instant.now(), test);
            holder = self;
            Thread answering = new Thread(null, () -> answer(bound, self), "stampede-lock", 0, false);
            answering.setDaemon(true);
            answering.start();
            answers = answering;
        }
        runs++;
        return new Held(new Release(), holder == null ? "" : holder.token(), null);
    }

    private void answer(ServerSocket bound, Holder self) {
        byte[] line = self.line().getBytes(StandardCharsets.UTF_8);
        while (!bound.isClosed()) {
            try (Socket asked = bound.accept()) {
                askedNanos = System.nanoTime();
                asked.getOutputStream().write(line); // fits into the socket's buffer: nobody can hold this thread up
            } catch (IOException e) {
                // Closed, or the one who asked has gone.
            }
        }
    }

    /** Gives back one run's share, once. */
    private final class Release implements Runnable {
        private boolean done;

        @Override
        public void run() {
            synchronized (MachineLock.this) {
                if (!done) {
                    done = true;
                    release();
                }
            }
        }
    }

    private void release() {
        runs--;
        ServerSocket bound = server;
        if (runs > 0 || bound == null) {
            return;
        }
        try {
            bound.close();
        } catch (IOException e) {
            // There is nothing to be done about it, and the port ends with the process.
        }
        awaitEnd(answers);
        answers = null;
        server = null;
        holder = null;
        long now = System.nanoTime();
        courtesyUntilNanos = now - askedNanos < 2 * ASK_NANOS ? now + COURTESY_NANOS : now;
    }

    /** The port is taken until the thread that waits for those who ask has seen that it is closed. */
    private static void awaitEnd(@Nullable Thread answering) {
        try {
            if (answering != null) {
                answering.join(MAX_END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What one run knows of those whom it waits for. */
    private static final class Waiting {
        private final String test;
        private final Duration limit;
        private final Consumer<String> out;
        private @Nullable Holder last;
        private boolean told;

        Waiting(String test, Duration limit, Consumer<String> out) {
            this.test = test;
            this.limit = limit;
            this.out = out;
        }

        void heard(@Nullable Holder holder) {
            if (holder != null) {
                last = holder;
            }
        }

        /** Why it waits no longer, after so much time. */
        Optional<String> enough(long nanos) {
            Holder other = last;
            if (nanos >= limit.toNanos()) {
                return Optional.of("after " + Times.format(limit) + " it waited no longer for "
                        + (other == null ? "the one that holds the lock" : other.describe()) + " (stampede.lock.wait)");
            }
            if (other == null && nanos >= STRANGER_NANOS) {
                return Optional.of("the lock's port is in use by something else (stampede.lock.port)");
            }
            if (!told && other != null && nanos >= SILENT_NANOS) {
                told = true;
                out.accept(test + " waits for another load test on this machine, at most " + Times.format(limit)
                        + " (stampede.lock.wait): " + other.describe());
            }
            return Optional.empty();
        }
    }
}
