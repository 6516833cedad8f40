package io.stampede;

import io.stampede.internal.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Load tests in code whose settings come from a test, and not from this process. */
public final class WithSettings {

    private WithSettings() {}

    /**
     * Waits for no other JVM unless it is told to: several builds of one machine would wait for each other.
     *
     * @param environment variables such as {@code STAMPEDE_PROGRESS}; nothing else is set
     */
    public static LoadTest named(String name, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("STAMPEDE_LOCK", "off");
        return LoadTest.named(name).settings(new Settings(all, key -> null, key -> Optional.empty()));
    }
}
