package io.stampede.junit;

import io.stampede.scenario.Kind;
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
 * Runs growing bursts until the target breaks, then searches for its capacity: the largest burst that held.
 *
 * <pre>{@code
 * @StressTest(from = 100, to = 2000, step = 100, atLeast = 500)
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 * }</pre>
 *
 * <p>A step breaks at the limits that {@link #breaksWhen} names. Bursts between the last good and the first bad step
 * follow, until these two are as close as {@link #resolution} asks; both run three times in all, and most of the runs
 * decide. The search adds at most 40 steps.
 *
 * <p>The method is one operation. Many threads call it at once, all on the same test instance, and nothing else of the
 * test plan runs beside it. Its parameters are {@link io.stampede.operation.Iteration}, those with {@link LoadData},
 * and whatever the extensions of its class resolve. If it throws, that operation counts as failed, and the run goes
 * on.
 *
 * <p><b>Judged by</b> the targets table, on the growing steps up to the capacity. The test fails if a row is critical,
 * or if the capacity is below {@link #atLeast}. The test is aborted if the run says nothing of the target: the load
 * generator itself was at fault, or the run was stopped. If the generator was the limit and the capacity was not
 * reached, it is aborted too.
 *
 * <p>{@link OperationTimeout}, {@link FailOn}, {@link AbortWhen}, {@link WarmUp}, {@link Baseline}, {@link
 * PerformanceTargets} and {@link PerformanceTarget} may stand beside it or on the class.
 *
 * <p>In the guide: {@code docs/guide/scenarios.md}.
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
public @interface StressTest {

    /** {@return how many operations the first step has; 1 to 1,000,000} */
    long from() default 100;

    /** {@return operations of the last step, if nothing breaks before; {@link #from} to 1,000,000} At most 1,000 steps. */
    long to() default 2000;

    /** {@return how many operations each step has more than the one before; at least 1} */
    long step() default 100;

    /** {@return how long a step waits at most until backlogs are gone; more than 0, at most 7 days} */
    String settle() default "5s";

    /** {@return the capacity below which the test fails; 0 for none, at most {@link #to}} */
    long atLeast() default 0;

    /**
     * {@return how far the last good and the first bad step may be apart at the end, as a fraction of the latter; more than
     * 0, at most 1} They are at least one operation apart. With 1 nothing is searched beyond the growing steps.
     */
    double resolution() default Kind.Stress.RESOLUTION;

    /**
     * {@return what breaks a step, such as {@code mean response time > 80 ms}, {@code success rate < 95 %} or a gauge:
     * {@code pool use > 90 %}, which counts by its highest value in the step} Unless you configure others, these rules
     * apply: {@code success rate < 99 %}, {@code queue size > 1000} if there is such a gauge, and {@code mean response time
     * > 50 ms}. A row for the same metric in the user's own targets overrides each of these.
     */
    String[] breaksWhen() default {};
}
