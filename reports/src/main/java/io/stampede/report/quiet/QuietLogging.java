package io.stampede.report.quiet;

import java.util.ServiceLoader;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Keeps SLF4J from printing "No SLF4J providers were found" in each test JVM: it is there because Allure needs it, and the
 * project may not use it at all. If there is a provider, or the user has said how much SLF4J prints, nothing changes.
 *
 * @since 0.1
 */
public final class QuietLogging implements LauncherSessionListener {

    private static final String VERBOSITY = "slf4j.internal.verbosity";

    /** For the service loader, before Allure's filters and listeners: SLF4J looks for a provider once. */
    public QuietLogging() {
        begin();
    }

    private static void begin() {
        try {
            if (System.getProperty(VERBOSITY) != null || anyProvider()) {
                return;
            }
            System.setProperty(VERBOSITY, "ERROR");
            try {
                LoggerFactory.getILoggerFactory();
            } finally {
                System.clearProperty(VERBOSITY);
            }
        } catch (LinkageError e) {
            return; // an SLF4J of before 2.0, which knows no providers
        }
    }

    private static boolean anyProvider() {
        return ServiceLoader.load(SLF4JServiceProvider.class).stream().findAny().isPresent();
    }
}
