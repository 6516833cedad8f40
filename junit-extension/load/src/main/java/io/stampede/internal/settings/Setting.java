package io.stampede.internal.settings;

import org.jspecify.annotations.Nullable;

/**
 * A documented setting.
 *
 * @param key such as {@code stampede.scale}
 * @param defaultValue as users would write it; empty for none
 * @param description one sentence
 * @since 0.1
 */
public record Setting(String key, String defaultValue, String description) {
    public Setting {
        if (!key.startsWith("stampede.")) {
            throw new IllegalArgumentException("key must start with \"stampede.\", but was \"" + key + "\"");
        }
    }

    /** The environment variable that sets it: {@code STAMPEDE_REPORT_DIR} for {@code stampede.report.dir}. */
    public String variable() {
        return key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }

    /**
     * What is wrong with a value: {@code stampede.spin = 1h, but it must be 0ms to 10ms.}
     *
     * @param text as the user wrote it
     * @param rule such as {@code it must be 0ms to 10ms}
     * @param cause what refused it; null for none
     */
    public IllegalArgumentException error(String text, String rule, @Nullable Throwable cause) {
        return new IllegalArgumentException(key + " = " + text + ", but " + rule + ".", cause);
    }
}
