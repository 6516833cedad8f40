package io.stampede.report.allure;

import io.stampede.junit.BasicLoadTest;
import org.junit.jupiter.api.BeforeAll;

/** Run by {@link StaleResultsTests}; the class cannot begin if the property {@code broken} is set. */
class BeginsOrNotTestCase {

    @BeforeAll
    static void connect() {
        if (Boolean.getBoolean("broken")) {
            throw new IllegalStateException("the database is not there");
        }
    }

    @BasicLoadTest(concurrent = 5)
    void load() {}
}
