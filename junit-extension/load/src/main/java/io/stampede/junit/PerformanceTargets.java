package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Judges load tests by the targets table of a Markdown file, in place of the built-in one.
 *
 * <pre>{@code
 * @PerformanceTargets("shop-targets.md")
 * class ShopLoadTest {
 *
 *     @SpikeTest(concurrent = 500)
 *     void checkout(Iteration it) {
 *         it.completesWith(shop.checkout("teapot"));
 *     }
 * }
 * }</pre>
 *
 * <p>The table has the columns {@code Metric}, {@code Target}, {@code Acceptable} and, if you like, {@code Critical}.
 * A metric that nobody measures is a configuration error. The file has at most 1,000,000 bytes.
 *
 * <p>On a method it wins over that of its class, and a nested class has that of the class around it. {@link
 * PerformanceTarget} replaces single rows.
 *
 * <p>In the guide: {@code docs/guide/targets.md}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PerformanceTargets {

    /** {@return the file's name on the class path, looked for beside the test class, then at the root} */
    String value();
}
