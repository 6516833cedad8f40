package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Ends a load test early once it is lost, and fails it. Each rule is a metric, a bound that says what is <em>bad</em>, and
 * how long the metric must be beyond it: 1 s to 1 h. The first rule that holds ends the run.
 *
 * <pre>{@code
 * @SustainedLoadTest(total = 1000, every = "5ms")
 * @AbortWhen({"success rate < 90% for 10s", "queue size > 10000 for 3s"})
 * void checkout(Shop shop) {
 *     shop.checkout("teapot");
 * }
 * }</pre>
 *
 * <p>A metric is {@code success rate}, {@code throughput}, {@code response time} or {@code service time} with {@code p50},
 * {@code p99.9} and the like, {@code min}, {@code max} or {@code mean}, over the operations that ended within the
 * window; or a gauge of the test, each of whose values within the window must be beyond the bound. Operations under way
 * at the end are interrupted and not counted. Warm-ups and the pauses of a stress test do not count.
 *
 * <p>It stands beside a load test annotation, on a class for all its load tests, or on an annotation of your own. The
 * method's wins over that of its class, and a nested class has that of the class around it. The rules of the nearest
 * one replace the others.
 *
 * <p>In the guide: {@code docs/guide/workloads.md}, "Early stop".
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface AbortWhen {

    /** {@return rules such as {@code success rate < 90% for 10s}; none to run to the end whatever the class says} */
    String[] value();
}
