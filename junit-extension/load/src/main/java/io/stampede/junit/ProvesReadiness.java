package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which line of the readiness checklist a test is evidence of. On any test method of the JUnit platform's Java
 * engines, a load test or not; on a class it speaks for all tests in it. With {@code stampede-reports} on the class
 * path, the line is green where all tests that carry it passed, red where one failed, and not run where one was skipped
 * or aborted.
 *
 * <p>{@code monitoring}, {@code alerting}, {@code graceful shutdown} and {@code documentation} are lines of every
 * checklist; any other text adds a line of the project's own.
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
