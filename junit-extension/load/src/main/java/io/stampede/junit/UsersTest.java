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
 * A closed model: each user runs one operation after the other, and waits for its end. As many operations run as the
 * target allows, so throughput is judged by the targets table. A slow target slows its users down: response times here
 * hide how long others would have waited. Where requests come from people who do not know each other, {@link
 * ArrivalRateTest} is the honest one.
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
public @interface UsersTest {

    /** {@return how many there are; 1 to 100,000} */
    int users() default 10;

    /** {@return the time from the start of the first user to the start of the last operation} */
    String duration() default "30s";

    /** {@return how long a user waits between the end of an operation and the next; 0s for not at all} */
    String thinkTime() default "0s";

    /** {@return the time over which users are started, evenly; 0s for all at once, at most {@link #duration}} */
    String startOver() default "0s";

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
