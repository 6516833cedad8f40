package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.PerformanceTargets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TillLoadTest {
    private final Till till = new Till();

    @BasicLoadTest(concurrent = 20)
    @PerformanceTargets("till.md")
    void pays() {
        till.pay();
    }

    @Test
    void isInItsModule() {
        assertTrue(getClass().getModule().isNamed());
        for (int i = 0; i < 10; i++) {
            till.pay();
        }
    }

    @AfterEach
    void receiptsAreCounted() {
        assertEquals(11, till.pay());
    }
}
