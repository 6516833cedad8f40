package io.stampede.junit;

import io.stampede.metric.Unit;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A value that is read while the load runs, and judged like any metric under its name. On a method of the test class
 * that returns a number; its parameters are resolved as those of tests are.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Gauge {

    /** {@return its name in targets and reports} */
    String value();

    /** {@return whether it counts work that waits: a stress test waits between its steps until it is back at zero} */
    boolean backlog() default false;

    /**
     * {@return the unit of its values, which decides how they are shown and what a target may look like: {@link Unit#SHARE}
     * for 0 to 1, which targets write as {@code < 80 %}}
     */
    Unit unit() default Unit.COUNT;
}
