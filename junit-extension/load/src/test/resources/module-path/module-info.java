/** A user's tests as a module, whose test package is opened as JUnit's guide says. */
module shop.test {
    requires org.junit.jupiter.api;
    requires org.junit.platform.launcher;
    requires stampede.junit;

    opens shop.test to
            org.junit.platform.commons;
}
