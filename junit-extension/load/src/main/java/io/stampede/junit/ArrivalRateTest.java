package io.stampede.junit;

import io.stampede.metric.Band;
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
 * An open model: so many operations become due per second, however slow the target is. Beside the targets, at least
 * 99 % of the plan must be delivered in time.
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
public @interface ArrivalRateTest {

    /**
     * {@return how many operations become due per second, minute or hour, such as {@code 200/s}, {@code 30/min}, {@code
     * 1000/h}}
     */
    String rate() default "100/s";

    /** {@return the rate at the end, to which {@link #rate} goes in a straight line; the rate stays the same if it is empty} */
    String to() default "";

    /** {@return for how long operations become due} */
    String duration() default "30s";

    /**
     * How operations are spaced: equally, or at random as those of people who do not know each other ({@link
     * Spacing#POISSON}, by the run's seed; at a rate that stays the same).
     *
     * @return the spacing
     */
    Spacing arrivals() default Spacing.CONSTANT;

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
