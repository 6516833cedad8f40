package io.stampede.scenario;

import java.io.Serializable;

/**
 * A named part of a run.
 *
 * @param name what reports call it; not blank
 * @param workload what runs
 * @since 0.1
 */
public record Phase(String name, Workload workload) implements Serializable {
    /** Checks the name. */
    public Phase {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank, but was \"" + name + "\"");
        }
    }

    /**
     * {@return a phase; reads well in a list: {@code Phase.of("rush", Workload.burst(500))}}
     *
     * @param name what reports call it; not blank
     * @param workload what runs
     */
    public static Phase of(String name, Workload workload) {
        return new Phase(name, workload);
    }

    /**
     * {@return the same phase with its workload {@link Workload#scaled scaled}}
     *
     * @param scale more than 0, at most 1000
     */
    public Phase scaled(double scale) {
        return new Phase(name, workload.scaled(scale));
    }
}
