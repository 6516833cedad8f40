package io.stampede;

import io.stampede.internal.settings.Settings;
import java.util.Map;
import java.util.Optional;

/** Load tests in code whose settings come from a test, and not from this process. */
public final class WithSettings {

    private WithSettings() {}

    /** @param environment variables such as {@code STAMPEDE_PROGRESS}; nothing else is set */
    public static LoadTest named(String name, Map<String, String> environment) {
        return LoadTest.named(name).settings(new Settings(environment, key -> null, key -> Optional.empty()));
    }
}
