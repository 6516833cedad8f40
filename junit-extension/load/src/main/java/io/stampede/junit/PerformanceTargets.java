package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The targets table: a Markdown file on the class path, looked for beside the test class, then at the root. It replaces
 * the built-in table. On a method it goes before the one on the class.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PerformanceTargets {

    /** {@return the name of the resource, such as {@code performance-targets.md}} */
    String value();
}
