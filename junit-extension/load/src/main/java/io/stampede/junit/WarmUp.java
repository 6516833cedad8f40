package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the operation before the run begins, so that code is compiled and caches are full. What happens then is in no
 * figure, and shown apart.
 *
 * <pre>{@code
 * @BasicLoadTest(concurrent = 200)
 * @WarmUp(rate = "100/s", duration = "2s")
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 * }</pre>
 *
 * <p>Without a {@link #rate} and {@link #users} it has the load of the scenario: that rate for one with a rate (a
 * ramp's is where it starts), the same users, or one burst. Without {@link #count} and {@link #duration} it lasts 5 s;
 * a burst is then as large as the scenario's first. {@code stampede.scale} multiplies it too. The run begins when
 * backlogs are gone, after 10 s at most. Operations that fail in a warm-up fail nothing.
 *
 * <p>It stands beside a load test annotation, on a class for all its load tests, or on an annotation of your own. The
 * method's wins over that of its class, and a nested class has that of the class around it.
 *
 * <p>In the guide: {@code docs/guide/workloads.md}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface WarmUp {

    /** {@return how many operations run; 0 for as many as {@link #duration} gives} Users run as many as the target allows. */
    long count() default 0;

    /** {@return how long it lasts, instead of {@link #count}; empty for 5 s} A burst has no duration. */
    String duration() default "";

    /** {@return how many operations become due per second, minute or hour, such as {@code 50/s}; empty for the scenario's} */
    String rate() default "";

    /**
     * {@return how many users run one operation after the other, instead of a rate; 0 for the scenario's own, at most
     * 100,000}
     */
    int users() default 0;
}
