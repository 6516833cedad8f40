package io.stampede.junit;

import io.stampede.metric.Band;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets how bad a result must be to fail a load test. Without it a test fails if a metric is {@link Band#CRITICAL}: beyond
 * what its targets table calls acceptable. With {@link Band#ACCEPTABLE} it also fails if a metric misses its target.
 *
 * <pre>{@code
 * @SpikeTest(concurrent = 500)
 * @FailOn(Band.ACCEPTABLE)
 * void checkout(Shop shop) {
 *     shop.checkout("teapot");
 * }
 * }</pre>
 *
 * <p>It stands beside a load test annotation, on a class for all its load tests, or on an annotation of your own. The
 * method's wins over that of its class, and a nested class has that of the class around it.
 * The setting {@code stampede.fail-on} wins over all of them.
 *
 * <p>In the guide: {@code docs/guide/targets.md}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface FailOn {

    /** {@return the mildest band that fails the test: {@link Band#CRITICAL} or {@link Band#ACCEPTABLE}} */
    Band value();
}
