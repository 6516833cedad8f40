package io.stampede.internal.settings;

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

    /** The environment variable that overrides it: {@code STAMPEDE_REPORT_DIR} for {@code stampede.report.dir}. */
    public String variable() {
        return key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
