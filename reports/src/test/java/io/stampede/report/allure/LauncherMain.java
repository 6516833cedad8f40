package io.stampede.report.allure;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the classes that it is given, as a build does: all listeners found by the service loader. A system property such as
 * {@code parameter.stampede.scale} is a configuration parameter, as from a pom.
 */
public final class LauncherMain {

    private static final String PARAMETER = "parameter.";

    private LauncherMain() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : classes) {
            request.selectors(DiscoverySelectors.selectClass(name));
        }
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith(PARAMETER)) {
                request.configurationParameter(property.substring(PARAMETER.length()), System.getProperty(property));
            }
        }
        LauncherDiscoveryRequest built = request.build();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(built);
        }
    }
}
