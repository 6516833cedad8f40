package io.stampede.junit;

import io.stampede.metric.Band;
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
 * Growing bursts until the target breaks: its queue grows beyond 1000, the mean response time beyond 50 ms, or the
 * success rate is critical. Then bursts between the last good and the first bad one, until they are as close as {@link
 * #resolution} asks, and these two three times each. Reports the capacity, the largest burst that held.
 *
 * <p>The method is one operation; many threads call it at once, all on the same test instance. Nothing else of the test
 * plan runs beside it.
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

    /** {@return how many operations the last step has, if nothing breaks before; at least {@link #from}, at most 1,000,000} */
    long to() default 2000;

    /** {@return how many operations each step has more than the one before; at least 1} */
    long step() default 100;

    /** {@return how long to wait between steps until backlogs are gone, at most} */
    String settle() default "5s";

    /** {@return the capacity below which the test fails; 0 for none} */
    long atLeast() default 0;

    /**
     * How far the last good and the first bad step may be apart at the end, as a fraction of the latter; more than 0, at
     * most 1. They are one operation apart at least. With 1 nothing is searched beyond the growing steps.
     *
     * @return the fraction
     */
    double resolution() default Kind.Stress.RESOLUTION;

    /** After this an operation counts as failed, from its start. */
    String timeout() default "60s";

    /**
     * What ends the run early and fails it, such as {@code success rate < 90% for 10s} or {@code queue size > 10000 for
     * 3s}: a metric, a bound, and how long it must be beyond that, 1s to 1h.
     */
    String[] abortWhen() default {};

    /** The band from which on the test fails: {@link Band#CRITICAL}, or {@link Band#ACCEPTABLE} to be strict. */
    Band failOn() default Band.CRITICAL;
}
