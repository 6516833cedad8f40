package io.stampede.internal.access;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that stand beside users' classes. */
public final class Resources {

    private Resources() {}

    /**
     * Opens a file that stands beside a class, or else at the root of its class path or module. A module's own file is
     * found even if it stands in a package that is not open.
     *
     * @param name as for {@link Class#getResource}: with a slash at its beginning it is looked for at the root alone
     * @return null if there is none
     */
    public static @Nullable InputStream find(Class<?> beside, String name) throws IOException {
        InputStream found = open(beside, name);
        return found != null || name.startsWith("/") ? found : open(beside, "/" + name);
    }

    private static @Nullable InputStream open(Class<?> beside, String name) throws IOException {
        InputStream found = beside.getResourceAsStream(name);
        return found != null ? found : encapsulated(beside.getModule(), path(beside, name));
    }

    private static String path(Class<?> beside, String name) {
        if (name.startsWith("/")) {
            return name.substring(1);
        }
        String folder = beside.getPackageName().replace('.', '/');
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    // A class loader keeps what stands in a closed package to the module itself. Its own reader does not.
    private static @Nullable InputStream encapsulated(Module module, String path) throws IOException {
        ModuleLayer layer = module.getLayer();
        if (layer == null) {
            return null; // not a named module
        }
        Optional<ResolvedModule> resolved = layer.configuration().findModule(module.getName());
        if (resolved.isEmpty()) {
            return null;
        }
        ModuleReader reader = resolved.get().reference().open();
        Optional<InputStream> found = Optional.empty();
        try {
            found = reader.open(path);
        } finally {
            if (found.isEmpty()) {
                reader.close();
            }
        }
        return found.map(bytes -> closingBoth(bytes, reader)).orElse(null);
    }

    private static InputStream closingBoth(InputStream bytes, ModuleReader reader) {
        return new FilterInputStream(bytes) {
            @Override
            public void close() throws IOException {
                try (reader) {
                    super.close();
                }
            }
        };
    }
}
