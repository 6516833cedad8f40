package io.stampede.internal.engine;

import java.util.function.DoubleSupplier;

/**
 * A value that is read while a run goes on.
 *
 * @param backlog whether it is work that waits, which a stress test lets go back to zero between its steps
 * @param value read by one thread at a time; NaN for "nothing yet"; an exception is counted
 */
public record Gauge(String name, boolean backlog, DoubleSupplier value) {
    public Gauge {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank, but was \"" + name + "\"");
        }
    }
}
