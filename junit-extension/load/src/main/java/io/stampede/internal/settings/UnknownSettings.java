package io.stampede.internal.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what was set under {@code stampede.} and is in no catalogue: a misspelt setting does nothing, silently. */
public final class UnknownSettings {

    private UnknownSettings() {}

    /** One sentence per unknown key, in their order. */
    public static Collection<String> warnings(Collection<String> properties, Collection<String> variables) {
        Set<Setting> known = known();
        Set<String> keys = known.stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
        Set<String> knownVariables = known.stream().map(Setting::variable).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        properties.stream()
                .filter(key -> key.startsWith("stampede.") && !keys.contains(key))
                .forEach(unknown::add);
        variables.stream()
                .filter(name -> name.startsWith("STAMPEDE_") && !knownVariables.contains(name))
                .forEach(unknown::add);
        return unknown.stream()
                .map(key -> String.format(
                        Locale.ROOT, "Unknown setting %s has no effect. Known: %s.", key, String.join(", ", keys)))
                .toList();
    }

    /** All settings of all modules on the class path. */
    public static Set<Setting> known() {
        return Stream.concat(
                        new LoadSettings().settings().stream(),
                        ServiceLoader.load(SettingCatalog.class).stream()
                                .flatMap(provider -> provider.get().settings().stream()))
                .collect(Collectors.toSet());
    }
}
