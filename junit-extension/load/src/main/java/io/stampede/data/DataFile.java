package io.stampede.data;

import io.stampede.internal.access.Resources;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;

/** Finds a file and reads its rows, within bounds. */
final class DataFile {

    static final int MAX_BYTES = 100_000_000;
    static final int MAX_ROWS = 1_000_000;
    static final int MAX_COLUMNS = 1_000;
    static final int MAX_FIELD = 1_000_000;

    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxStringLength(MAX_FIELD)
            .maxNestingDepth(100)
            .build();

    private DataFile() {}

    static <T> LoadRows<T> read(String resource, Class<?> beside, RowType<T> type) {
        try (InputStream found = Resources.find(beside, resource)) {
            if (found == null) {
                throw new LoadDataException("\"" + resource + "\" is no resource on the class path; looked beside "
                        + beside.getName() + " and at the root. Put it into src/test/resources.");
            }
            return read(resource, found, type);
        } catch (IOException e) {
            throw new LoadDataException(resource + " cannot be read: " + e + ".", e);
        }
    }

    static <T> LoadRows<T> read(String file, InputStream bytes, RowType<T> type) throws IOException {
        Rows<T> rows = new Rows<>(file, type);
        try {
            BufferedReader text = text(file, bytes);
            if (type.format() == DataFormat.CSV) {
                Csv.read(text, rows);
            } else {
                JsonLines.read(text, rows);
            }
        } catch (CharacterCodingException e) {
            throw notUtf8(file, e);
        }
        return new LoadRows<>(file, rows.made);
    }

    /** A decoder that refuses what is not UTF-8, instead of filling in question marks. */
    private static BufferedReader text(String file, InputStream bytes) throws IOException {
        BufferedReader text = new BufferedReader(
                new InputStreamReader(new Bounded(file, bytes), StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return text;
    }

    private static LoadDataException notUtf8(String file, Exception cause) {
        return new LoadDataException(file + " is not UTF-8. Save it in that encoding.", cause);
    }

    /** A parser's complaint, with the line that it was about: the parser itself knows that line alone, and no file. */
    static LoadDataException malformed(Place place, JacksonException e) {
        String message = e.getOriginalMessage();
        String complaint = (message == null ? e.toString() : message)
                .replaceAll("\\s*\\(start marker at \\[Source:[^]]*]\\)", "")
                .replaceAll("\\s*(?:at )?\\[Source:[^]]*]", "");
        return place.error("cannot be parsed: " + complaint, e);
    }

    /** Collects the rows of a file. */
    static final class Rows<T> {

        private final String file;
        private final RowType<T> type;
        private final List<T> made = new ArrayList<>();

        Rows(String file, RowType<T> type) {
            this.file = file;
            this.type = type;
        }

        String file() {
            return file;
        }

        RowType<T> type() {
            return type;
        }

        int count() {
            return made.size();
        }

        void add(Map<String, @Nullable Object> values, Place place) {
            if (made.size() == MAX_ROWS) {
                throw place.error(String.format(Locale.ROOT, "there may be at most %,d rows", MAX_ROWS));
            }
            made.add(type.row(values, place));
        }
    }

    /** Ends a file that is too long before it fills the memory. */
    private static final class Bounded extends FilterInputStream {

        private final String file;
        private long read;

        Bounded(String file, InputStream bytes) {
            super(bytes);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int some = super.read(buffer, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > MAX_BYTES) {
                throw new LoadDataException(
                        String.format(Locale.ROOT, "%s must be at most %,d bytes long.", file, MAX_BYTES));
            }
        }
    }
}
