package io.stampede.junit;

import io.stampede.scenario.PhaseSource;
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
 * Runs phases of your own, one after the other.
 *
 * <pre>{@code
 * @WorkloadTest(Day.class)
 * void checkout(Iteration it) {
 *     it.completesWith(shop.checkout("teapot"));
 * }
 *
 * static final class Day implements PhaseSource {
 *     @Override
 *     public List<Phase> phases() {
 *         return List.of(
 *                 Phase.of("morning", Workload.arrivals(perSecond(50), ofSeconds(30))),
 *                 Phase.of("rush", Workload.burst(200)));
 *     }
 * }
 * }</pre>
 *
 * <p>The method is one operation. Many threads call it at once, all on the same test instance, and nothing else of the
 * test plan runs beside it. Its parameters are {@link io.stampede.operation.Iteration}, those with {@link LoadData},
 * and whatever the extensions of its class resolve. If it throws, that operation counts as failed, and the run goes
 * on.
 *
 * <p><b>Judged by</b> the targets table. If the plan fixes the rate of all phases, its throughput row becomes the
 * share of the plan that was delivered in time: at least 99 %. Reports have figures for each phase. The test fails if
 * a row is critical, with the table as its message. The test is aborted if the run says nothing of the target: the
 * load generator itself was at fault, or the run was stopped.
 *
 * <p>There are 1 to 1,000 phases, with names that differ. A {@link WarmUp} beside it needs a rate or users.
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
public @interface WorkloadTest {

    /** {@return what gives the phases: a class with a constructor that has no parameters; a nested one is static} */
    Class<? extends PhaseSource> value();
}
