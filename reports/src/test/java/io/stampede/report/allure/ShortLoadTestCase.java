package io.stampede.report.allure;

import io.stampede.junit.BasicLoadTest;
import io.stampede.report.live.LivePageTests;

/** Two load tests of a moment, run by {@link LivePageTests} in a JVM of its own. */
public class ShortLoadTestCase {

    @BasicLoadTest(concurrent = 3)
    public void first() {}

    @BasicLoadTest(concurrent = 3)
    public void second() {}
}
