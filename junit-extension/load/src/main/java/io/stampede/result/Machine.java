package io.stampede.result;

import java.io.Serializable;

/**
 * Where a run happened.
 *
 * @param memoryBytes the JVM's largest heap
 * @since 0.1
 */
public record Machine(String os, String arch, int processors, long memoryBytes, String java, String jvm, String threads)
        implements Serializable {

    /** This JVM. */
    public static Machine here(String threads) {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch", "?"),
                runtime.availableProcessors(),
                runtime.maxMemory(),
                System.getProperty("java.version", "?"),
                System.getProperty("java.vm.name", "?"),
                threads);
    }
}
