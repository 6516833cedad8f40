package io.stampede.reports;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Tells Allure where its results go, before Allure's own listener is made.
 *
 * @since 0.1
 */
public final class ReportSessionListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            AllureResults.redirect();
        } catch (RuntimeException e) {
            Console.error("Allure's results could not be directed to the report directory", e);
        }
    }
}
