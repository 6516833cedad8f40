package io.stampede.scenario;

import java.io.Serializable;

/**
 * A named part of a run.
 *
 * @param name what reports call it; not blank
 * @since 0.1
 */
public record Phase(String name, Workload workload) implements Serializable {
    public Phase {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank, but was \"" + name + "\"");
        }
    }

    /** Reads well in a list: {@code Phase.of("rush", Workload.burst(500))}. */
    public static Phase of(String name, Workload workload) {
        return new Phase(name, workload);
    }

    /** The same phase with its workload {@link Workload#scaled scaled}. */
    public Phase scaled(double scale) {
        return new Phase(name, workload.scaled(scale));
    }
}
