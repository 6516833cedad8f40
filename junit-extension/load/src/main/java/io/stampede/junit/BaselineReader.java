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
        String text = attributes.text("maxSlowdown").strip();
        try {
            double percent = text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) : Double.NaN;
            if (percent >= 1 && percent <= 1000) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw attributes.error(
                "maxSlowdown",
                attributes.quoted("maxSlowdown"),
                "it must be a percentage from 1% to 1000%, such as 10%");
    }
}
