package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Runs operations at a steady pace for a while, each due when the plan says so, however slow the target is.
 *
 * <pre>{@code
 * @SustainedLoadTest(total = 1000, every = "100ms")
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 * }</pre>
 *
 * <p>The method is one operation. Many threads call it at once, all on the same test instance, and nothing else of the
 * test plan runs beside it. Its parameters are {@link io.stampede.operation.Iteration}, those with {@link LoadData},
 * and whatever the extensions of its class resolve. If it throws, that operation counts as failed, and the run goes
 * on.
 *
 * <p><b>Judged by</b> the targets table, whose throughput row becomes the share of the plan that was delivered in
 * time: at least 99 %. The test fails if a row is critical, with the table as its message. The test is aborted if the
 * run says nothing of the target: the load generator itself was at fault, or the run was stopped.
 *
 * <p>{@code total} x {@code every} is at most 7 days.
 *
 * <p>{@link OperationTimeout}, {@link FailOn}, {@link AbortWhen}, {@link WarmUp}, {@link Baseline}, {@link
 * PerformanceTargets} and {@link PerformanceTarget} may stand beside it or on the class.
 *
 * <p>In the guide: {@code docs/guide/scenarios.md}.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@Tag("load")
@ResourceLock(Resources.GLOBAL)
@ExtendWith(LoadExtension.class)
public @interface SustainedLoadTest {

    /** {@return how many operations there are; 1 to 1,000,000,000} */
    long total() default 1000;

    /** {@return how far apart they are due, such as {@code 50ms}; more than 0} */
    String every() default "100ms";
}
