package io.stampede.metric;

/**
 * From when to when a time is measured. Every operation has three instants: it is due, it starts, it ends.
 *
 * @since 0.1
 */
public enum Clock {
    /** End - due: how long a caller waited, however late the operation started. Targets judge this one. */
    RESPONSE("response time"),
    /** End - start: how long the operation itself took. */
    SERVICE("service time"),
    /** Start - due: by how much the load generator was late. */
    LAG("lag");

    private final String label;

    Clock(String label) {
        this.label = label;
    }

    /** {@return the name that tables use, such as {@code response time}} */
    public String label() {
        return label;
    }
}
