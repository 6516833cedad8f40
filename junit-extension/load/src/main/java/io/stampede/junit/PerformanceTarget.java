package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Replaces one row of the targets table, or adds one. Those of a method go before those of its class.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(PerformanceTarget.Container.class)
public @interface PerformanceTarget {

    /** A measure and a statistic, such as {@code queue time p95}, {@code success rate}, or a gauge's name. */
    String metric();

    /** The wish, such as {@code < 10 ms}. */
    String target();

    /** What is good enough, such as {@code < 20 ms}; the same as the target where it is left out. */
    String acceptable() default "";

    /**
     * Holds several.
     *
     * @since 0.1
     */
    @Documented
    @Inherited
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Container {
        PerformanceTarget[] value();
    }
}
