package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets how long an operation of a load test may take. One that has not ended after that time, counted from its start, is
 * interrupted and counts as failed; the run goes on. Without this annotation the limit is 60 s.
 *
 * <pre>{@code
 * @SpikeTest(concurrent = 500)
 * @OperationTimeout("2s")
 * void checkout(Shop shop) {
 *     shop.checkout("teapot");
 * }
 * }</pre>
 *
 * <p>It stands beside a load test annotation, on a class for all its load tests, or on an annotation of your own. The
 * method's wins over that of its class, and a nested class has that of the class around it.
 * The setting {@code stampede.timeout} wins over all of them. JUnit's {@code @Timeout} is another thing: it covers the
 * whole run.
 *
 * <p>In the guide: {@code docs/guide/scenarios.md}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OperationTimeout {

    /** {@return a time such as {@code 500ms}, {@code 2s} or {@code 1.5min}; more than 0, at most 7 days} */
    String value();
}
