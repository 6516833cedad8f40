package io.stampede.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What processors this machine has.
 *
 * @since 0.1
 */
public final class Processor {

    private static final int MAX_LINES = 100;

    private Processor() {}

    /** Their model as the system names it, such as {@code AMD EPYC 7763 64-Core Processor}; else their architecture. */
    public static String model() {
        return model(Path.of("/proc/cpuinfo"))
                .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
                .orElseGet(() -> System.getProperty("os.arch", "unknown"));
    }

    static Optional<String> model(Path cpuInfo) {
        try (BufferedReader reader = Files.newBufferedReader(cpuInfo);
                Stream<String> lines = reader.lines()) {
            return lines.limit(MAX_LINES)
                    .filter(line -> line.startsWith("model name") && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(model -> !model.isEmpty())
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // another system
        }
    }
}
