package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures of one cause: the same exception type and the same message except for numbers and identifiers. If a type has so
 * many messages that they cannot all be told apart, failures that were thrown at the same place are one group.
 *
 * @param type the exception's class name; {@code (other)} for those of further types, which {@code shape} names
 * @param shape the message, with {@code #} for what differs within the group
 * @param count how many there were
 * @param samples the first of them
 * @since 0.1
 */
public record FailureGroup(String type, String shape, long count, List<Sample> samples) implements Serializable {

    /** Copies the list. */
    public FailureGroup {
        samples = List.copyOf(samples);
    }

    /**
     * One failure, whole.
     *
     * @param operation the operation's index
     * @param at when it ended, since the run began
     * @param message the exception's message; empty if it had none
     * @param stackTrace cut to 16,000 characters
     * @param thrown a copy of what was thrown, which prints like it down to the method of the test and can be serialized;
     *     null if this is not the first sample of its group
     * @since 0.1
     */
    public record Sample(
            long operation,
            Duration at,
            String message,
            String stackTrace,
            @Nullable Throwable thrown) implements Serializable {

        /**
         * One of which there is only text.
         *
         * @param operation the operation's index
         * @param at when it ended, since the run began
         * @param message the exception's message; empty if it had none
         * @param stackTrace cut to 16,000 characters
         */
        public Sample(long operation, Duration at, String message, String stackTrace) {
            this(operation, at, message, stackTrace, null);
        }
    }
}
