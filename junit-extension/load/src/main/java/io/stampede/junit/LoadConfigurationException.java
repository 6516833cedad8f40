package io.stampede.junit;

import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.JUnitException;

/**
 * A load test is configured wrongly. The message says what, where, which value was seen and what it must be; nothing was
 * run.
 *
 * @since 0.1
 */
public final class LoadConfigurationException extends JUnitException {

    private static final long serialVersionUID = 1L;

    /**
     * For extensions that add to a load test's configuration.
     *
     * @param message what, where, which value was seen and what it must be
     */
    public LoadConfigurationException(String message) {
        super(message);
    }

    LoadConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
