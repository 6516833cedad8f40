package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fails a load test that became slower than it was: if a response time, the throughput or the capacity is
 * significantly worse than in earlier runs, and by more than {@link #maxSlowdown}.
 *
 * <pre>{@code
 * @ArrivalRateTest(rate = "100/s", duration = "10s")
 * @Baseline(maxSlowdown = "10%")
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 * }</pre>
 *
 * <p>It compares with the last runs of the same plan on the same machine and configuration, kept in {@code
 * stampede.history.dir}. Until there are five, a note says so, and nothing fails. Without this annotation runs are
 * compared all the same, and the comparison is only shown. To accept a slowdown, run once with {@code
 * -Dstampede.history.accept=true}.
 *
 * <p>It stands beside a load test annotation, on a class for all its load tests, or on an annotation of your own. The
 * method's wins over that of its class, and a nested class has that of the class around it.
 *
 * <p>In the guide: {@code docs/guide/baselines.md}.
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
