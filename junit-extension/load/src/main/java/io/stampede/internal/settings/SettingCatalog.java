package io.stampede.internal.settings;

import java.util.List;

/**
 * The settings that a module understands, found by {@link java.util.ServiceLoader}; a setting in no catalogue is
 * warned of.
 *
 * @since 0.1
 */
public interface SettingCatalog {

    List<Setting> settings();

    /**
     * Reads each value that could be wrong. Called before a load test begins, so that a wrong value is found before the load
     * and not after it.
     *
     * @throws IllegalArgumentException if a value is not as it must be; the message names the setting
     */
    default void check(Settings settings) {}
}
