package io.stampede.report.allure;

import io.stampede.junit.BasicLoadTest;

/** Two load tests of a moment, run by several tests. */
public class ShortLoadTestCase {

    @BasicLoadTest(concurrent = 3)
    void first() {}

    @BasicLoadTest(concurrent = 3)
    void second() {}
}
