package io.stampede.targets;

import java.io.Serializable;
import java.util.List;

/**
 * A targets table.
 *
 * @param rows in the order of the table; no metric twice
 * @param source where it came from, for errors and reports, such as {@code performance-targets.md}
 * @since 0.1
 */
public record Targets(List<Target> rows, String source) implements Serializable {
    public Targets {
        rows = List.copyOf(rows);
    }
}
