package io.stampede.ollama;

import java.util.Locale;
import java.util.Set;

/** The names under which Ollama's users know the one model that is here. */
final class ModelName {
    static final String CANONICAL = "all-minilm:latest";

    private static final Set<String> KNOWN = Set.of(
            "all-minilm",
            "all-minilm:latest",
            "all-minilm:l6-v2",
            "all-minilm:22m",
            "all-minilm-l6-v2",
            "sentence-transformers/all-minilm-l6-v2");

    private ModelName() {}

    /** As in Ollama, case does not matter and the default registry may be spelled out. */
    static boolean isKnown(String name) {
        String bare = name.strip().toLowerCase(Locale.ROOT);
        for (String prefix : new String[] {"registry.ollama.ai/", "library/"}) {
            bare = bare.startsWith(prefix) ? bare.substring(prefix.length()) : bare;
        }
        return KNOWN.contains(bare);
    }
}
