package io.stampede.benchmarks;

/** This JDK or this engine cannot run what a benchmark would measure; the table says so in its place. */
final class NotSupportedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotSupportedException(String message) {
        super(message, null, false, false);
    }
}
