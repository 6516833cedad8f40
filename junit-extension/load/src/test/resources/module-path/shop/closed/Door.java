package shop.closed;

/** Lets the tests see what is in this package. */
public final class Door {
    public static final Class<? extends Record> RECORD = Closed.TYPE;

    private Door() {}
}
