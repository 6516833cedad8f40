package io.stampede.scenario;

import java.util.List;

/**
 * Gives the phases of a load test, such as a morning, a rush and an evening. Each run makes one and asks it once.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PhaseSource {

    /** {@return what runs, one after the other: 1 to 1000 phases with names that differ} */
    List<Phase> phases();
}
