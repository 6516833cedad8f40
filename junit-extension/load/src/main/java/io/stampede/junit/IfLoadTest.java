package io.stampede.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What came of the load test that has just run, for a lifecycle method of a class that has plain tests too.
 *
 * <pre>{@code
 * @AfterEach
 * void nothingIsLost(@IfLoadTest Optional<LoadResult> result) {
 *     result.ifPresent(load -> assertThat(shop.sold()).isEqualTo(load.succeeded()));
 * }
 * }</pre>
 *
 * <p>The parameter is an {@code Optional} of {@link io.stampede.result.LoadResult}, {@link
 * io.stampede.verdict.Verdict} or {@link io.stampede.verdict.FinishedRun}. It is empty after a plain test, and if there
 * was no load. A class that has nothing but load tests needs neither: its lifecycle methods may take the three types as
 * they are.
 *
 * <p>In the guide: {@code docs/guide/scenarios.md#after-the-run}.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ResultResolver.class)
public @interface IfLoadTest {}
