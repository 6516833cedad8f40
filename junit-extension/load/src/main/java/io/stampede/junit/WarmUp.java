package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the operation before the run, so that code is compiled and caches are full when it begins. What happens then is in
 * no figure, and shown apart. Beside a load test annotation, or on a class for all its load tests; that of a method goes
 * before that of its class.
 *
 * <p>Without a {@link #rate} and {@link #users} of its own, it has those of the scenario: a paced one warms up at its
 * pace, a ramp at the rate that it starts from, users as they are, and one of bursts with a burst. Without {@link #count}
 * and {@link #duration} it lasts 5 s; a burst is then as large as the scenario's first. {@code stampede.scale} multiplies
 * it too. The run begins when backlogs are gone, after 10 s at most.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WarmUp {

    /**
     * How many operations run. Not with users, who run as many as the target allows.
     *
     * @return how many; 0 where a duration says it
     */
    long count() default 0;

    /**
     * For how long, instead of {@link #count}. A burst has no duration.
     *
     * @return the duration; empty where a count says it
     */
    String duration() default "";

    /** {@return how many operations become due per second, minute or hour, such as {@code 50/s}; empty for the scenario's} */
    String rate() default "";

    /** {@return how many users run one operation after the other, instead of a rate; 0 for the scenario's} */
    int users() default 0;
}
