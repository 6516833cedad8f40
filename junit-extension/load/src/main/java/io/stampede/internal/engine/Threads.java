package io.stampede.internal.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** What kind of thread runs operations. */
public enum Threads {
    /**
     * Virtual where many operations are due at once and the JDK has virtual threads that do not pin on monitors (24 and
     * later), else platform: starting and holding many is cheap with virtual threads, waking in time is not their strength.
     */
    AUTO,
    /** Operating system threads. */
    PLATFORM,
    /** Virtual threads; JDK 21 or later. */
    VIRTUAL;

    private static final int MANY_AT_ONCE = 100;

    /**
     * What a run takes: {@link #AUTO} becomes one of the other two.
     *
     * @param atOnce the most operations that are due at one and the same instant
     */
    Threads forRun(long atOnce) {
        if (this != AUTO) {
            return this;
        }
        return Runtime.version().feature() >= 24 && atOnce >= MANY_AT_ONCE ? VIRTUAL : PLATFORM;
    }

    /**
     * Names are {@code stampede-1} and so on; all are daemons. What the starting thread inherits is not passed on: a
     * report's context that operations wrote to would grow with their number.
     *
     * @throws IllegalArgumentException where the JDK has no such threads
     */
    ThreadFactory factory() {
        return virtual() ? Virtual.factory() : platform();
    }

    /** As reports name it. */
    public String label() {
        return virtual() ? "virtual" : "platform";
    }

    private boolean virtual() {
        int feature = Runtime.version().feature();
        if (this == VIRTUAL && feature < 21) {
            throw new IllegalArgumentException(
                    "stampede.threads = virtual needs JDK 21 or later, but this is JDK " + feature);
        }
        return this == VIRTUAL;
    }

    private static ThreadFactory platform() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(null, task, "stampede-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    /** {@code Thread.ofVirtual().inheritInheritableThreadLocals(false).name("stampede-", 1).factory()}, for release 17. */
    private static final class Virtual {

        static ThreadFactory factory() {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            ThreadFactory factory = create();
            return task -> {
                Thread thread = factory.newThread(task);
                thread.setContextClassLoader(loader);
                return thread;
            };
        }

        private static ThreadFactory create() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
                MethodHandle of = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
                MethodHandle inherit = lookup.findVirtual(
                        builder, "inheritInheritableThreadLocals", MethodType.methodType(builder, boolean.class));
                MethodHandle name =
                        lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
                MethodHandle end = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
                Object chain = inherit.invoke(of.invoke(), false);
                return (ThreadFactory) end.invoke(name.invoke(chain, "stampede-", 1L));
            } catch (Throwable e) {
                throw new IllegalStateException("This JDK's virtual threads cannot be started", e);
            }
        }
    }
}
