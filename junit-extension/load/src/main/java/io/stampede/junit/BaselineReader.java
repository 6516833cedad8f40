package io.stampede.junit;

import org.jspecify.annotations.Nullable;

/** By how much one test may be slower than before. */
final class BaselineReader {

    private BaselineReader() {}

    /** As a share; null if nothing is said. */
    static @Nullable Double read(AnnotationLookup lookup) {
        return lookup.find(Baseline.class).map(BaselineReader::share).orElse(null);
    }

    private static double share(Attributes attributes) {
        return attributes.percent("maxSlowdown", 1, 1000, "10%") / 100;
    }
}
