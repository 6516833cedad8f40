package io.stampede.junit;

import io.stampede.scenario.Workload.Arrivals.Spacing;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Runs operations at a rate, however slow the target is: an open model, as requests come from people who do not know
 * each other.
 *
 * <pre>{@code
 * @ArrivalRateTest(rate = "200/s", duration = "30s", arrivals = POISSON)
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 * }</pre>
 *
 * <p>The method is one operation. Many threads call it at once, all on the same test instance, and nothing else of the
 * test plan runs beside it. Its parameters are {@link io.stampede.operation.Iteration}, those with {@link LoadData},
 * and whatever the extensions of its class resolve. If it throws, that operation counts as failed, and the run goes
 * on.
 *
 * <p><b>Judged by</b> the targets table, whose throughput row becomes the share of the plan that was delivered in
 * time: at least 99 %. The test fails if a row is critical, with the table as its message. The test is aborted if the
 * run says nothing of the target: the load generator itself was at fault, or the run was stopped.
 *
 * <p>A run has at most 1,000,000,000 operations.
 *
 * <p>{@link OperationTimeout}, {@link FailOn}, {@link AbortWhen}, {@link WarmUp}, {@link Baseline}, {@link
 * PerformanceTargets} and {@link PerformanceTarget} may stand beside it or on the class.
 *
 * <p>In the guide: {@code docs/guide/workloads.md}.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@Tag("load")
@ResourceLock(Resources.GLOBAL)
@ExtendWith(LoadExtension.class)
public @interface ArrivalRateTest {

    /**
     * {@return how many operations become due per second, minute or hour, such as {@code 200/s}, {@code 30/min} or {@code
     * 1000/h}; at most 10,000,000/s}
     */
    String rate() default "100/s";

    /** {@return the rate at the end, which {@link #rate} changes to in a straight line; if empty, it stays the same} */
    String to() default "";

    /** {@return how long operations become due; more than 0, at most 7 days} */
    String duration() default "30s";

    /**
     * {@return how operations are spaced: equally, or at random like those of people who do not know each other ({@link
     * Spacing#POISSON}, drawn by the run's seed)} A rate that changes has equal spaces.
     */
    Spacing arrivals() default Spacing.CONSTANT;
}
