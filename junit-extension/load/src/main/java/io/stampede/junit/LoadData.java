package io.stampede.junit;

import io.stampede.data.LoadRows;
import io.stampede.data.RowOrder;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives each operation a row of a data file. The parameter of a load test method is a record whose components have the
 * names of the columns, or a {@code Map<String, String>} (CSV) or {@code Map<String, Object>} (JSON lines).
 *
 * <pre>{@code
 * record User(String name, int age) {}
 *
 * @BasicLoadTest
 * void signUp(@LoadData("users.csv") User user) { .. }
 * }</pre>
 *
 * <p>The file is read before the run, once per test class; {@link LoadRows} says what it may hold. A row that does not
 * fit is a configuration error that names file, line and column, and nothing runs. Several parameters of one method
 * get the row of the same index, except with {@link RowOrder#RANDOM}, which draws for each.
 *
 * <p>In the guide: {@code docs/guide/data.md}.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LoadData {

    /**
     * {@return a file on the class path, {@code .csv}, {@code .jsonl} or {@code .ndjson}; looked for beside the test class,
     * then at the root}
     */
    String value();

    /** {@return which row an operation gets} Random rows are drawn by the scenario's seed. */
    RowOrder order() default RowOrder.CIRCULAR;
}
