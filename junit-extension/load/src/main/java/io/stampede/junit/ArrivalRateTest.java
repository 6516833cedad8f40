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

    /** How many operations become due per second, minute or hour, such as {@code 200/s}, {@code 30/min}, {@code 1000/h}. */
    String rate() default "100/s";

    /** The rate at the end, which {@link #rate} goes to in a straight line; the same all the time where it is empty. */
    String to() default "";

    /** For how long. */
    String duration() default "30s";

    /**
     * How operations are spaced: equally, or at random as those of people who do not know each other ({@link
     * Spacing#POISSON}, by the run's seed; at a rate that stays the same).
     */
    Spacing arrivals() default Spacing.CONSTANT;
}
