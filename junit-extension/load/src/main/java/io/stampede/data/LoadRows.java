package io.stampede.data;

import io.stampede.operation.Iteration;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data file, one for each operation. A file is read whole, before the run; giving a row is a lookup.
 * Immutable, may be used by all threads; {@link #circular()}, {@link #random} and {@link #once()} share the rows.
 *
 * <pre>{@code
 * LoadRows<User> users = LoadRows.read("users.csv", User.class);
 * LoadTest.named("login").workload(..).run(it -> shop.login(users.next(it)));
 * }</pre>
 *
 * <p>The extension says what a file is: {@code .csv} has a line of column names and then rows as RFC 4180 describes them,
 * {@code .jsonl} and {@code .ndjson} have one JSON object a line. Both are UTF-8, with or without a byte order mark;
 * empty lines are skipped. At most 100,000,000 bytes, 1,000,000 rows, 1,000 columns, and 1,000,000 characters a field.
 *
 * @param <T> a record whose components have the names of the columns, or a map from those names
 * @since 0.1
 */
public final class LoadRows<T> {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    // Keeps the draws apart from Iteration.random(), which begins with the same seed and index.
    private static final long OWN_STREAM = 0xD1B54A32D192ED03L;

    private final String source;
    private final List<T> rows;
    private final RowOrder order;
    private final long stream;

    LoadRows(String source, List<T> rows) {
        this(source, List.copyOf(rows), RowOrder.CIRCULAR, 0);
    }

    private LoadRows(String source, List<T> rows, RowOrder order, long stream) {
        this.source = source;
        this.rows = rows;
        this.order = order;
        this.stream = stream;
    }

    /**
     * Rows as records, circular. The file has a column for each component, by name, and no others.
     *
     * @param resource a file on the class path, looked for beside the record's class, then at the root
     * @param type its components are {@code String}, {@code int}, {@code long}, {@code double}, {@code boolean} and their
     *     boxes, {@code BigDecimal}, {@code BigInteger}, enums, {@code UUID}, {@code URI}, or of {@code java.time}
     * @param <T> the record
     * @return the rows
     * @throws LoadDataException where there is no such file, or it is not as it must be
     */
    public static <T extends Record> LoadRows<T> read(String resource, Class<T> type) {
        return DataFile.read(resource, type, RecordType.of(type, DataFormat.of(resource)));
    }

    /**
     * Rows of a CSV file as maps from column to text, circular. The maps are in the order of the columns, and immutable.
     *
     * @param resource a file on the class path
     * @param beside looked for beside this class, then at the root
     * @return the rows
     * @throws LoadDataException where there is no such file, or it is not as it must be
     */
    public static LoadRows<Map<String, String>> readCsv(String resource, Class<?> beside) {
        return DataFile.read(resource, beside, MapType.csv(DataFormat.of(resource)));
    }

    /**
     * Rows of a JSON lines file as maps, circular. Values are {@code String}, {@code Boolean}, {@code Integer}, {@code
     * Long} or {@code BigInteger} for whole numbers, {@code BigDecimal} for others, {@code Map}, {@code List} or null;
     * all immutable.
     *
     * @param resource a file on the class path
     * @param beside looked for beside this class, then at the root
     * @return the rows
     * @throws LoadDataException where there is no such file, or it is not as it must be
     */
    public static LoadRows<Map<String, @Nullable Object>> readJsonLines(String resource, Class<?> beside) {
        return DataFile.read(resource, beside, MapType.json(DataFormat.of(resource)));
    }

    /**
     * Rows of a type that is known by reflection alone, circular.
     *
     * @param resource a file on the class path
     * @param beside looked for beside this class, then at the root
     * @param type a record's class; for a CSV file {@code Map<String, String>}, for JSON lines {@code Map<String,
     *     Object>}
     * @return the rows
     * @throws LoadDataException where the type is another, there is no such file, or it is not as it must be
     */
    public static LoadRows<?> read(String resource, Class<?> beside, Type type) {
        DataFormat format = DataFormat.of(resource);
        RowType<?> rows = type instanceof Class<?> record && record.isRecord()
                ? RecordType.of(record, format)
                : MapType.of(type, format);
        return DataFile.read(resource, beside, rows);
    }

    /** {@return the same rows, one after the other, and again from the first} */
    public LoadRows<T> circular() {
        return new LoadRows<>(source, rows, RowOrder.CIRCULAR, 0);
    }

    /**
     * The same rows, drawn with replacement.
     *
     * @param seed the same one gives each operation the same row again
     * @return the rows in random order
     */
    public LoadRows<T> random(long seed) {
        return new LoadRows<>(source, rows, RowOrder.RANDOM, mixed(seed ^ OWN_STREAM));
    }

    /**
     * {@return the same rows, each at most once: the run's operations take them from the first, those of a warm-up from the
     * last}
     */
    public LoadRows<T> once() {
        return new LoadRows<>(source, rows, RowOrder.ONCE, 0);
    }

    /** {@return how many rows there are, at least one} */
    public int size() {
        return rows.size();
    }

    /**
     * The row of an operation; asked again, the same.
     *
     * @param iteration of the operation
     * @return its row
     * @throws IllegalStateException where each row is given once, and there is none left for this operation
     */
    public T next(Iteration iteration) {
        return row(iteration.index());
    }

    /**
     * The row of the operation with that index.
     *
     * @param index of the operation, see {@link Iteration#index}
     * @return its row
     * @throws IllegalStateException where each row is given once, and there is none left for this index
     */
    public T row(long index) {
        return rows.get(
                switch (order) {
                    case CIRCULAR -> Math.floorMod(index, rows.size());
                    case RANDOM -> drawn(index);
                    case ONCE -> own(index);
                });
    }

    // 40 random bits spread over at most a million rows: no row is preferred by more than one in a million.
    private int drawn(long index) {
        return (int) (((mixed(stream + index * GOLDEN) >>> 24) * rows.size()) >>> 40);
    }

    // A warm-up takes the last rows, from the end, so that the run has the same ones with and without it.
    private int own(long index) {
        boolean warmUp = index >= Iteration.WARM_UP_INDEX;
        long taken = warmUp ? index - Iteration.WARM_UP_INDEX : index;
        if (taken < 0 || taken >= rows.size()) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%s has %,d rows and gives each once: there is none for operation %,d, counted from 0. Add rows, run"
                            + " fewer operations, or take the rows circular or random.",
                    source,
                    rows.size(),
                    taken));
        }
        return (int) (warmUp ? rows.size() - 1 - taken : taken);
    }

    // Stafford's variant 13 of the finalizer of MurmurHash3, as in SplittableRandom.
    private static long mixed(long value) {
        long bits = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %,d rows, %s", source, rows.size(), order);
    }
}
