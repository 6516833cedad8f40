package io.stampede.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads comma-separated values: names in the first line, then rows. */
final class Csv {

    private final Iterator<List<String>> lines;
    private final Line line;
    private final String file;

    private Csv(Iterator<List<String>> lines, Line line, String file) {
        this.lines = lines;
        this.line = line;
        this.file = file;
    }

    static void read(Reader text, DataFile.Rows<?> rows) throws IOException {
        Tail tail = new Tail(text);
        Line line = new Line(tail);
        try (CsvReader<List<String>> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // said below, with both numbers
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .skipEmptyLines(true)
                .maxBufferSize(DataFile.MAX_FIELD)
                .build(line, tail)) {
            new Csv(reader.iterator(), line, rows.file()).read(rows);
        }
    }

    private void read(DataFile.Rows<?> rows) throws IOException {
        List<String> header = next();
        if (header == null) {
            throw new LoadDataException(file
                    + " is empty: it must begin with a line of column names, and have a row in each line after it.");
        }
        checkNames(header);
        rows.type().check(new LinkedHashSet<>(header), place());
        for (List<String> fields = next(); fields != null; fields = next()) {
            rows.add(byName(header, fields), place());
        }
        if (rows.count() == 0) {
            throw new LoadDataException(
                    file + " has no rows: after the line of column names it must have at least one.");
        }
    }

    private void checkNames(List<String> header) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isBlank()) {
                throw place().error("column " + (i + 1) + " of " + header.size() + " has no name. Give it one, or take"
                        + " the comma away");
            }
            if (!seen.add(header.get(i))) {
                throw place().error("column \"" + Place.shown(header.get(i)) + "\" is there twice. Rename one of them");
            }
        }
    }

    private Map<String, @Nullable Object> byName(List<String> header, List<String> fields) {
        if (fields.size() != header.size()) {
            throw place().error(String.format(
                    Locale.ROOT,
                    "has %,d fields, but must have %,d, as the first line names columns. A field with a comma, a quote or"
                            + " a line break in it stands in quotes",
                    fields.size(),
                    header.size()));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(header.size() * 4 / 3 + 1);
        for (int i = 0; i < fields.size(); i++) {
            values.put(header.get(i), fields.get(i));
        }
        return values;
    }

    /** The fields of the next line that is not empty; null at the end. */
    private @Nullable List<String> next() throws IOException {
        try {
            if (!lines.hasNext() || line.isIndentationOfTheEnd()) {
                return null;
            }
            List<String> fields = lines.next();
            if (fields.size() > DataFile.MAX_COLUMNS) {
                throw place().error(
                                String.format(Locale.ROOT, "there may be at most %,d columns", DataFile.MAX_COLUMNS));
            }
            return fields;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            // The parser wraps what the file's own bound throws while it reads.
            throw e.getCause() instanceof LoadDataException bound ? bound : malformed(e);
        }
    }

    private LoadDataException malformed(CsvParseException e) {
        // The place says already which line it is.
        String message = String.valueOf(e.getMessage()).replaceFirst("\\.? \\(record starting at line \\d+\\)$", "");
        return place().error("cannot be parsed: " + message, e);
    }

    private Place place() {
        return new Place(file, line.number);
    }

    /** Collects the fields of a line, and knows its number also if it cannot be parsed. */
    private static final class Line extends AbstractBaseCsvCallbackHandler<List<String>> {

        private final Tail tail;
        private List<String> fields = List.of();
        private boolean quotes;
        private long number;

        Line(Tail tail) {
            this.tail = tail;
        }

        /** Spaces after the last line break of the file, which are not a line. */
        boolean isIndentationOfTheEnd() {
            return !quotes && fields.size() == 1 && fields.get(0).isBlank() && tail.endsWithinALine();
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            number = startingLineNumber;
            fields = new ArrayList<>();
            quotes = false;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            quotes |= quoted;
            if (index <= DataFile.MAX_COLUMNS) { // one too many is enough to be refused
                fields.add(new String(buffer, offset, length));
            }
        }

        @Override
        protected List<String> buildRecord() {
            return fields;
        }
    }

    /** Remembers how the file ended. */
    private static final class Tail extends FilterReader {

        private char last;
        private boolean ended;

        Tail(Reader text) {
            super(text);
        }

        /** Whether all has been read, and there was no line break at its end. */
        boolean endsWithinALine() {
            return ended && last != '\n' && last != '\r';
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                last = buffer[offset + count - 1];
            }
            ended |= count < 0;
            return count;
        }
    }
}
