package io.stampede.benchmarks;

import io.stampede.report.LoadReporter;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Supplier;

/**
 * Runs something as if the reports were not on the class path, as far as services are found by the thread's loader: all
 * benchmarks but one measure the engine alone.
 */
final class HiddenReporters {

    private HiddenReporters() {}

    static <T> T whileHidden(Supplier<T> task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new Hiding(before));
        try {
            return task.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static final class Hiding extends ClassLoader {

        private static final String SERVICES = "META-INF/services/" + LoadReporter.class.getName();

        Hiding(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(SERVICES) ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }
}
