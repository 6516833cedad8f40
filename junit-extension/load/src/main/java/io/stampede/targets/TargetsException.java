package io.stampede.targets;

/**
 * A targets table, or a row of one, is not as it must be. The message says where, what was seen and what is accepted.
 *
 * @since 0.1
 */
public final class TargetsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    TargetsException(String message) {
        super(message);
    }
}
