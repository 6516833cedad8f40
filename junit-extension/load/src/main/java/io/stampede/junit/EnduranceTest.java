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
 * A steady pace for long. Beside the targets: response times do not drift, memory does not leak, and more than 99.9 %
 * succeed.
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
public @interface EnduranceTest {

    /** How many operations there are; 1 to 1,000,000,000. */
    long total() default 10_000;

    /** How far apart they are due. */
    String every() default "50ms";
}
