package shop.closed;

/** Stands in a package that is opened to nobody. */
record Closed(String name) {
    static final Class<Closed> TYPE = Closed.class;
}
