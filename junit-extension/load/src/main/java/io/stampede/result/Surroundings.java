package io.stampede.result;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When and where a run happened.
 *
 * @param startedAt when the first operation could start
 * @param machine what it ran on
 * @param facts what others said of this run, such as the environment; in order
 * @since 0.1
 */
public record Surroundings(Instant startedAt, Machine machine, Map<String, String> facts) implements Serializable {

    /** Copies the facts. */
    public Surroundings {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
