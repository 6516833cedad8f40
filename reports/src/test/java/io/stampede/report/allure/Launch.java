package io.stampede.report.allure;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.stampede.report.build.Build;
import io.stampede.report.text.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs a test case within this JVM as a build does: all listeners, reporters and extensions are found by their service
 * loaders, with a {@link Run} and an Allure of their own.
 */
public final class Launch {

    /** Settings that are paths, which a build takes relative to its own directory, with their defaults. */
    private static final Map<String, String> PATHS = Map.of(
            "stampede.report.dir", "target/stampede",
            "stampede.allure.history.dir", ".stampede/allure-history",
            "stampede.history.dir", ".stampede/history");

    private Launch() {}

    /**
     * What the reports printed.
     *
     * @param directory of the build
     * @param options system properties, such as {@code -Dstampede.live=true}
     */
    public static List<String> of(Path directory, Class<?> testCase, String... options) {
        Map<String, @Nullable String> properties = new LinkedHashMap<>();
        PATHS.forEach(
                (key, value) -> properties.put(key, directory.resolve(value).toString()));
        properties.put("allure.results.directory", null);
        for (String option : options) {
            String[] parts = option.substring("-D".length()).split("=", 2);
            properties.put(parts[0], value(directory, parts[0], parts[1]));
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        Map<String, @Nullable String> before = set(properties);
        AllureLifecycle allure = Allure.getLifecycle();
        Run outer = Run.makeCurrent(new Run(null, Build.named(UUID.randomUUID().toString()), Console.to(stream)));
        try {
            forgetAllure();
            LauncherMain.main(new String[] {testCase.getName()});
        } finally {
            Run.makeCurrent(outer);
            Allure.setLifecycle(allure);
            set(before);
        }
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String value(Path directory, String key, String value) {
        return key.endsWith(".dir") || key.endsWith(".directory")
                ? directory.resolve(value).toString()
                : value;
    }

    /** As in a JVM that has not asked for Allure yet: it reads its directory when it is first asked. */
    @SuppressWarnings("NullAway") // Allure makes a new one if there is none.
    private static void forgetAllure() {
        Allure.setLifecycle(null);
    }

    /** Returns what was set before. */
    private static Map<String, @Nullable String> set(Map<String, @Nullable String> properties) {
        Map<String, @Nullable String> before = new HashMap<>();
        properties.forEach((key, value) -> {
            before.put(key, System.getProperty(key));
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
        return before;
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
