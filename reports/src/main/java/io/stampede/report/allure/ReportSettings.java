package io.stampede.report.allure;

import io.stampede.internal.format.Times;
import io.stampede.internal.settings.Setting;
import io.stampede.internal.settings.SettingCatalog;
import io.stampede.internal.settings.Settings;
import io.stampede.report.text.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What users can set of the reports.
 *
 * @since 0.1
 */
public final class ReportSettings implements SettingCatalog {

    public static final Setting DIRECTORY = new Setting(
            "stampede.report.dir",
            "target/stampede",
            "Directory of all reports, in the build's working directory unless absolute.");

    public static final Setting HTML = new Setting(
            "stampede.report.html", "true", "Whether the Allure HTML report is made when the test plan has ended.");

    public static final Setting LIVE = new Setting(
            "stampede.live",
            "false",
            "Whether a page on 127.0.0.1 shows runs while they go on; its address is printed when each begins.");

    public static final Setting LIVE_PORT =
            new Setting("stampede.live.port", "0", "The port of the live page; 0 for any that is free.");

    public static final Setting HISTORY = new Setting(
            "stampede.allure.history.dir",
            ".stampede/allure-history",
            "Directory that keeps the last runs of Allure's trend, in the build's working directory unless absolute; one for"
                    + " each module.");

    public static final Setting READINESS = new Setting(
            "stampede.readiness", "true", "Whether a readiness checklist is made from what tests have shown.");

    public static final Setting READINESS_DIRECTORY = new Setting(
            "stampede.readiness.dir",
            "",
            "Directory of the readiness checklist; by default that of all reports. Modules that share one make one"
                    + " checklist.");

    public static final Setting READINESS_MAX_AGE = new Setting(
            "stampede.readiness.max-age", "24h", "Evidence older than this counts as not run in the checklist.");

    @Override
    public List<Setting> settings() {
        return List.of(DIRECTORY, HTML, HISTORY, READINESS, READINESS_DIRECTORY, READINESS_MAX_AGE, LIVE, LIVE_PORT);
    }

    public static Path directory() {
        return Path.of(current().text(DIRECTORY).orElse(DIRECTORY.defaultValue()))
                .toAbsolutePath()
                .normalize();
    }

    public static Path historyDirectory() {
        return Path.of(current().text(HISTORY).orElse(HISTORY.defaultValue()))
                .toAbsolutePath()
                .normalize();
    }

    public static boolean readiness() {
        return current().flag(READINESS).orElse(true);
    }

    public static Path readinessDirectory() {
        return current()
                .text(READINESS_DIRECTORY)
                .map(text -> Path.of(text).toAbsolutePath().normalize())
                .orElseGet(ReportSettings::directory);
    }

    public static Duration readinessMaxAge() {
        return current().duration(READINESS_MAX_AGE).orElse(Times.parse(READINESS_MAX_AGE.defaultValue()));
    }

    public static boolean html() {
        return current().flag(HTML).orElse(true);
    }

    public static boolean live() {
        return current().flag(LIVE).orElse(false);
    }

    public static int livePort() {
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
