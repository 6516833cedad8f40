package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fails a load test that became slower than it was: where a response time, the throughput or the capacity is
 * significantly worse than in the runs before, by more than {@link #maxSlowdown}. Compared are runs of the same plan on
 * the same machine and configuration, from {@code stampede.history.dir}; until there are enough of them a note says so,
 * and nothing fails. Beside a load test annotation, or on a class for all its load tests; that of a method goes before
 * that of its class. Without it runs are compared all the same, and the comparison is only shown.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Baseline {

    /** {@return by how much it may be slower: a percentage from {@code 1%} to {@code 1000%}, such as {@code 10%}} */
    String maxSlowdown() default "10%";
}
