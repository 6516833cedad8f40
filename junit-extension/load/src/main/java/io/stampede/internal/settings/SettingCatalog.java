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
}
