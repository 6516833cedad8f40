package io.stampede.junit.storage;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Boots the storage optimizer on Postgres and Ollama for the tests of a class.
 *
 * <p>The two services start once, are shared by all classes with the same configuration and end with the last test. Each
 * test gets a storage of its own over emptied tables, so counts begin at zero; it is closed after the test.
 *
 * <p>Test methods, {@code @BeforeEach} and {@code @AfterEach} may have parameters of these types:
 *
 * <ul>
 *   <li>{@link io.stampede.storage.ConversationStorage}: the optimizer;
 *   <li>{@link javax.sql.DataSource}: its pool of connections to Postgres;
 *   <li>{@link java.net.URI}: where Ollama answers (in {@code @BeforeAll} and constructors too).
 * </ul>
 *
 * <p>Load tests sample the gauges {@code queue size}, {@code embedding backlog}, {@code cache hit rate} and
 * {@code pool use}, the last two as shares (0 % to 100 %), and their reports name the environment.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
// One database: tests that run side by side would empty each other's tables.
@ResourceLock("io.stampede.junit.storage")
@ExtendWith(StorageOptimizerExtension.class)
public @interface StorageOptimizerTest {
    /**
     * What to run on; the setting {@code stampede.environment} overrides it.
     *
     * @return {@link Environment#AUTO} by default
     */
    Environment environment() default Environment.AUTO;
}
