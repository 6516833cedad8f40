package io.stampede.reports;

import io.stampede.junit.BasicLoadTest;

/** Two load tests of a moment, run by {@link LivePageTests} in a JVM of its own. */
class ShortLoadTestCase {

    @BasicLoadTest(concurrent = 3)
    void first() {}

    @BasicLoadTest(concurrent = 3)
    void second() {}
}
