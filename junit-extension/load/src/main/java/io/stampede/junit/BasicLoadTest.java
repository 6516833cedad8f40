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
 * A handful of operations at once: does the target work at all under load?
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
public @interface BasicLoadTest {

    /** {@return how many operations are due at once; 1 to 1,000,000} */
    long concurrent() default 100;

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
