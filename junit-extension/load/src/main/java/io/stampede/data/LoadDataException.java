package io.stampede.data;

/**
 * A data file is not there, or not as it must be. The message names the file, the line and the column, and says what was
 * seen and what is accepted.
 *
 * @since 0.1
 */
public final class LoadDataException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    LoadDataException(String message) {
        super(message);
    }

    LoadDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
