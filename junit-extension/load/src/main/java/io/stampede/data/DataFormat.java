package io.stampede.data;

import java.util.Locale;

/** How a file is written, by its extension. */
enum DataFormat {
    CSV,
    JSON_LINES;

    static DataFormat of(String resource) {
        String name = resource.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return JSON_LINES;
        }
        throw new LoadDataException("\"" + resource + "\" must be the name of a file on the class path that ends with"
                + " .csv (columns named in its first line), .jsonl or .ndjson (one JSON object a line).");
    }

    /** How a map type is written that can hold a row. */
    String mapType() {
        return this == CSV ? "Map<String, String>" : "Map<String, Object>";
    }
}
