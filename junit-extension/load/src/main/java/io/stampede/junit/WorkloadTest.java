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
 * Phases of the user's own, one after the other. Where the plan fixes the rate of all of them, at least 99 % of it must
 * be delivered in time, beside the targets.
 *
 * <p>The method is one operation; many threads call it at once, all on the same test instance. Nothing else of the test
 * plan runs beside it.
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

    /** Gives the phases: a class with a constructor that has no parameters, static where it is nested. */
    Class<? extends PhaseSource> value();
}
