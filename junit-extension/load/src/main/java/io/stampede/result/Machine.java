package io.stampede.result;

import java.io.Serializable;

/**
 * Where a run happened.
 *
 * @param os the operating system's name and version
 * @param arch the processors' architecture, such as {@code amd64}
 * @param processors how many of them the JVM may use
 * @param memoryBytes the JVM's largest heap
 * @param java the version of Java
 * @param jvm the name of the virtual machine
 * @param threads what operations run on, for reports
 * @since 0.1
 */
public record Machine(String os, String arch, int processors, long memoryBytes, String java, String jvm, String threads)
        implements Serializable {

    /**
     * {@return this JVM}
     *
     * @param threads what operations run on, for reports
     */
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
