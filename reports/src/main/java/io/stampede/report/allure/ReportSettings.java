package io.stampede.report.allure;

import io.stampede.internal.format.Times;
import io.stampede.internal.settings.LaunchParameters;
import io.stampede.internal.settings.Setting;
import io.stampede.internal.settings.SettingCatalog;
import io.stampede.internal.settings.Settings;
import io.stampede.report.live.SharedLivePage;
import io.stampede.report.text.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What users can set of the reports. Each value is looked up when it is asked for. May be used by all threads.
 *
 * @since 0.1
 */
public final class ReportSettings implements SettingCatalog {

    static final Setting DIRECTORY = new Setting(
            "stampede.report.dir",
            "target/stampede",
            "Directory of all reports, in the build's working directory unless absolute.");

    static final Setting BUILD = new Setting(
            "stampede.build",
            "",
            "Name of the build, the same in all its JVMs, if they are not all started by one process that starts no other"
                    + " build; by default that process.");

    static final Setting HTML = new Setting(
            "stampede.report.html", "true", "Whether the Allure HTML report is made when the test plan has ended.");

    static final Setting HISTORY = new Setting(
            "stampede.allure.history.dir",
            ".stampede/allure-history",
            "Directory that keeps the last runs of Allure's trend, in the build's working directory unless absolute; one for"
                    + " each module.");

    static final Setting READINESS = new Setting(
            "stampede.readiness", "true", "Whether a readiness checklist is made from what tests have shown.");

    static final Setting READINESS_DIRECTORY = new Setting(
            "stampede.readiness.dir",
            "",
            "Directory of the readiness checklist; by default that of all reports. Modules that share one make one"
                    + " checklist.");

    static final Setting READINESS_MAX_AGE = new Setting(
            "stampede.readiness.max-age", "24h", "Evidence older than this counts as not run in the checklist.");

    private final Console console;

    /** For the service loader. */
    public ReportSettings() {
        this(Console.ofProcess());
    }

    ReportSettings(Console console) {
        this.console = console;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                DIRECTORY,
                BUILD,
                HTML,
                HISTORY,
                READINESS,
                READINESS_DIRECTORY,
                READINESS_MAX_AGE,
                SharedLivePage.ON,
                SharedLivePage.PORT);
    }

    @Override
    public void check(Settings settings) {
        for (Setting path : List.of(DIRECTORY, HISTORY, READINESS_DIRECTORY)) {
            settings.path(path);
        }
        for (Setting flag : List.of(HTML, READINESS)) {
            settings.flag(flag);
        }
        settings.duration(READINESS_MAX_AGE);
        SharedLivePage.check(settings);
    }

    Path directory() {
        return path(DIRECTORY).orElseGet(() -> absolute(Path.of(DIRECTORY.defaultValue())));
    }

    Optional<String> build() {
        return current().text(BUILD).filter(name -> !name.isBlank());
    }

    Path historyDirectory() {
        return path(HISTORY).orElseGet(() -> absolute(Path.of(HISTORY.defaultValue())));
    }

    private Optional<Path> path(Setting setting) {
        return current().path(setting).map(ReportSettings::absolute);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    boolean readiness() {
        return current().flag(READINESS).orElse(true);
    }

    Path readinessDirectory() {
        return path(READINESS_DIRECTORY).orElseGet(this::directory);
    }

    Duration readinessMaxAge() {
        return current().duration(READINESS_MAX_AGE).orElse(Times.parse(READINESS_MAX_AGE.defaultValue()));
    }

    boolean html() {
        return current().flag(HTML).orElse(true);
    }

    /** Allure asks for its directory before any test plan exists, so the platform's own file is read then. */
    Settings current() {
        if (LaunchParameters.current().present()) {
            return Settings.ofProcess();
        }
        Properties platform = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream file = (loader == null ? ReportSettings.class.getClassLoader() : loader)
                .getResourceAsStream("junit-platform.properties")) {
            if (file != null) {
                platform.load(file);
            }
        } catch (IOException | IllegalArgumentException e) {
            console.error("junit-platform.properties could not be read", e);
        }
        return Settings.of(key -> Optional.ofNullable(platform.getProperty(key)));
    }
}
