module shop.test {
    requires org.junit.jupiter.api;
    requires stampede.junit;

    opens shop.test to
            org.junit.platform.commons;
}
