package io.stampede.junit;

import org.junit.platform.commons.JUnitException;

/**
 * A load test is not set up as it must be. Nothing was run.
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
