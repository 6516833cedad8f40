package io.stampede.junit;

import org.junit.platform.commons.JUnitException;

/**
 * A load test is configured wrongly. The message says what, where, which value was seen and what it must be; nothing was
 * run.
 *
 * @since 0.1
 */
public final class LoadConfigurationException extends JUnitException {

    private static final long serialVersionUID = 1L;

    LoadConfigurationException(String message) {
        super(message);
    }

    LoadConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
