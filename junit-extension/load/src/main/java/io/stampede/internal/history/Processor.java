package io.stampede.internal.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
        Map<String, String> first = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(cpuInfo);
                Stream<String> lines = reader.lines()) {
            lines.limit(MAX_LINES).filter(line -> line.contains(":")).forEach(line -> {
                int colon = line.indexOf(':');
                first.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            });
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // another system
        }
        String named = first.getOrDefault("model name", "");
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        // Linux on ARM: only the numbers of who made it and which one it is.
        return Optional.ofNullable(first.get("CPU part"))
                .map(part -> "CPU part " + part + " of implementer " + first.getOrDefault("CPU implementer", "?"));
    }
}
