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
 * Runs many operations at once, then watches how the target recovers.
 *
 * <pre>{@code
 * @SpikeTest(concurrent = 500, recovery = "5s")
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
 * <p><b>Judged by</b> the targets table, and by three rules of its own: all operations done within {@link #allDone}, a
 * mean response time below {@link #meanResponseTime}, and every gauge with an upper bound in the table back under its
 * target within {@link #recovery}. The test fails if a row is critical, with the table as its message. The test is
 * aborted if the run says nothing of the target: the load generator itself was at fault, or the run was stopped.
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
public @interface SpikeTest {

    /** {@return how many operations are due at once; 1 to 1,000,000} */
    long concurrent() default 500;

    /** {@return how long judged gauges may take to come back under their targets; more than 0, at most 7 days} */
    String recovery() default "5s";

    /** {@return the longest time from the first due time to the end of the last operation} */
    String allDone() default "5s";

    /** {@return the highest mean response time that is good; a row for it in the user's own targets overrides this} */
    String meanResponseTime() default "10ms";
}
