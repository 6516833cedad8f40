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

    /** {@return a measure and a statistic, such as {@code queue time p95}, {@code success rate}, or a gauge's name} */
    String metric();

    /** {@return the wish, such as {@code < 10 ms}} */
    String target();

    /** {@return what is good enough, such as {@code < 20 ms}; the same as the target if it is left out} */
    String acceptable() default "";

    /** Holds several. */
    @Documented
    @Inherited
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Container {

        /** {@return one for each target} */
        PerformanceTarget[] value();
    }
}
