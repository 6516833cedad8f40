package io.stampede.junit;

import io.stampede.metric.Band;
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
 * Bursts at equal ticks up to a total. The report has figures for each tick and the first that missed a target.
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
public @interface RampUpTest {

    /** {@return how many operations there are in all; 1 to 1,000,000,000} */
    long to() default 500;

    /** {@return how long the ramp takes} */
    String over() default "60s";

    /** {@return how far apart the ticks are; at most {@link #over}, and at most 1000 ticks in it} */
    String every() default "5s";

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
