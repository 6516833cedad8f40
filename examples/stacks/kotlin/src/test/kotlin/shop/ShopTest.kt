package shop

import io.stampede.junit.BasicLoadTest
import io.stampede.junit.IfLoadTest
import io.stampede.junit.PerformanceTarget
import io.stampede.junit.SustainedLoadTest
import io.stampede.operation.Iteration
import io.stampede.result.LoadResult
import java.util.Optional
import java.util.concurrent.atomic.AtomicLong
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Operations that suspend hold no thread while they wait, and end when their function ends. */
@PerformanceTarget(metric = "response time p95", target = "< 5 s")
@PerformanceTarget(metric = "response time p99", target = "< 5 s")
@PerformanceTarget(metric = "throughput", target = "> 1 ops/s")
class ShopTest {
    private val sold = AtomicLong()

    @BasicLoadTest(concurrent = 50)
    suspend fun sells() {
        delay(20)
        sold.incrementAndGet()
    }

    @SustainedLoadTest(total = 20, every = "20ms")
    suspend fun knowsItsIteration(it: Iteration) {
        delay(5)
        assertTrue(it.index() in 0..19)
        sold.incrementAndGet()
    }

    @BasicLoadTest(concurrent = 5)
    fun blocks() = runBlocking<Unit> {
        delay(5)
        sold.incrementAndGet()
    }

    @Test
    fun plain() {
        assertEquals(0, sold.get())
    }

    @AfterEach
    fun eachOperationSoldOne(@IfLoadTest result: Optional<LoadResult>) {
        result.ifPresent { assertEquals(it.succeeded(), sold.get()) }
    }
}
