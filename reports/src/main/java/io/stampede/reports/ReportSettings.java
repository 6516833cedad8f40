package io.stampede.reports;

import io.stampede.settings.Setting;
import io.stampede.settings.SettingCatalog;
import io.stampede.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What users can set of the reports.
 *
 * @since 0.1
 */
public final class ReportSettings implements SettingCatalog {

    static final Setting DIRECTORY = new Setting(
            "stampede.report.dir",
            "target/stampede",
            "Directory of all reports, in the build's working directory unless absolute.");

    static final Setting HTML = new Setting(
            "stampede.report.html", "true", "Whether the Allure HTML report is made when the test plan has ended.");

    static final Setting LIVE = new Setting(
            "stampede.live",
            "false",
            "Whether a page on 127.0.0.1 shows runs while they go on; its address is printed when each begins.");

    static final Setting LIVE_PORT =
            new Setting("stampede.live.port", "0", "The port of the live page; 0 for any that is free.");

    @Override
    public List<Setting> settings() {
        return List.of(DIRECTORY, HTML, LIVE, LIVE_PORT);
    }

    static Path directory() {
        return Path.of(current().text(DIRECTORY).orElse(DIRECTORY.defaultValue()))
                .toAbsolutePath()
                .normalize();
    }

    static boolean html() {
        return current().flag(HTML).orElse(true);
    }

    static boolean live() {
        return current().flag(LIVE).orElse(false);
    }

    static int livePort() {
        long port = current().whole(LIVE_PORT).orElse(0L);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(LIVE_PORT.key() + " must be 0 to 65535, but was " + port);
        }
        return (int) port;
    }

    // Allure wants its directory before any test plan exists, so the platform's file is read here.
    private static Settings current() {
        Properties platform = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream file = (loader == null ? ReportSettings.class.getClassLoader() : loader)
                .getResourceAsStream("junit-platform.properties")) {
            if (file != null) {
                platform.load(file);
            }
        } catch (IOException | IllegalArgumentException e) {
            Console.error("junit-platform.properties could not be read", e);
        }
        return Settings.of(key -> Optional.ofNullable(platform.getProperty(key)));
    }
}
