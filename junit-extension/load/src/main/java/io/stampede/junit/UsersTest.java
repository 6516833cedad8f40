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
 * Runs a fixed number of users, each of whom waits for an operation to end before the next: a closed model. As many
 * operations run as the target allows.
 *
 * <pre>{@code
 * @UsersTest(users = 50, duration = "30s", thinkTime = "100ms", rampUp = "5s")
 * void session(Iteration it) {
 *     Session session = it.state(Session::new);
 *     it.completesWith(shop.checkout(session));
 * }
 * }</pre>
 *
 * <p>A slow target slows its users down, so response times hide how long others would have waited. If requests come
 * from people who do not know each other, use {@link ArrivalRateTest}.
 *
 * <p>The method is one operation. Many threads call it at once, all on the same test instance, and nothing else of the
 * test plan runs beside it. Its parameters are {@link io.stampede.operation.Iteration}, those with {@link LoadData},
 * and whatever the extensions of its class resolve. If it throws, that operation counts as failed, and the run goes
 * on.
 *
 * <p><b>Judged by</b> the targets table; throughput is a result here, and judged as the table says. The test fails if
 * a row is critical, with the table as its message. The test is aborted if the run says nothing of the target: the
 * load generator itself was at fault, or the run was stopped.
 *
 * <p>{@link OperationTimeout}, {@link FailOn}, {@link AbortWhen}, {@link WarmUp}, {@link Baseline}, {@link
 * PerformanceTargets} and {@link PerformanceTarget} may stand beside it or on the class.
 *
 * <p>In the guide: {@code docs/guide/workloads.md}.
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
public @interface UsersTest {

    /** {@return how many there are; 1 to 100,000} */
    int users() default 10;

    /** {@return the time from the start of the first user to the start of the last operation; more than 0, at most 7 days} */
    String duration() default "30s";

    /** {@return how long a user waits between the end of an operation and the next; 0s for not at all, at most 7 days} */
    String thinkTime() default "0s";

    /** {@return the time over which users start, evenly; 0s for all at once, at most {@link #duration}} */
    String rampUp() default "0s";
}
