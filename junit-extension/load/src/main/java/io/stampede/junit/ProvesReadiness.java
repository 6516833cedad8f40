package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the line of the readiness checklist that a test is evidence of. It works on any test method of the JUnit
 * platform's Java engines, a load test or not; on a class it speaks for all tests in it.
 *
 * <pre>{@code
 * @Test
 * @ProvesReadiness("graceful shutdown")
 * void drainsItsQueueOnClose() { .. }
 * }</pre>
 *
 * <p>With {@code stampede-reports} on the class path, the line is green if all tests that carry it passed, red if one
 * failed, and not run if one was skipped or aborted. {@code monitoring}, {@code alerting}, {@code graceful shutdown}
 * and {@code documentation} are lines of every checklist; any other text adds a line of your own.
 *
 * <p>In the guide: {@code docs/guide/readiness.md}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Repeatable(ProvesReadiness.Lines.class)
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ProvesReadiness {

    /**
     * The line, such as {@code graceful shutdown}; letter case and repeated blanks do not matter. Not blank.
     *
     * @return the line
     */
    String value();

    /**
     * Several lines that one test is evidence of.
     *
     * @since 0.1
     */
    @Documented
    @Inherited
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Lines {

        /** {@return one for each line} */
        ProvesReadiness[] value();
    }
}
