package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Failures of one cause: the same exception type and the same message except for numbers and identifiers.
 *
 * @param type the exception's class name
 * @param shape the message with numbers and identifiers replaced
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
     * @since 0.1
     */
    public record Sample(long operation, Duration at, String message, String stackTrace) implements Serializable {}
}
