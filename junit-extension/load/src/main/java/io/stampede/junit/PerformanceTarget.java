package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Replaces one row of the targets table, or adds one. It may be repeated.
 *
 * <pre>{@code
 * @SpikeTest(concurrent = 500)
 * @PerformanceTarget(metric = "response time p95", target = "< 10 ms", acceptable = "< 20 ms")
 * @PerformanceTarget(metric = "customers in line", target = "< 100")
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 * }</pre>
 *
 * <p>A value beyond {@link #acceptable} is critical and fails the test; with {@link FailOn} one beyond {@link #target}
 * does. On a class it holds for all its load tests; rows of a method replace those of its class for the same metric.
 *
 * <p>In the guide: {@code docs/guide/targets.md}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(PerformanceTarget.Container.class)
public @interface PerformanceTarget {

    /** {@return a measure and a statistic, such as {@code queue time p95}, {@code success rate}, or a gauge's name} */
    String metric();

    /** {@return the wish, such as {@code < 10 ms}} */
    String target();

    /** {@return what is good enough, such as {@code < 20 ms}; if empty, the same as the target} */
    String acceptable() default "";

    /**
     * Holds the rows, if there are several.
     *
     * @since 0.1
     */
    @Documented
    @Inherited
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Container {
        /** {@return one for each row} */
        PerformanceTarget[] value();
    }
}
