package io.stampede.data;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** Reads comma-separated values: names in the first line, then rows. */
final class Csv {

    private static final CsvFactory FACTORY = CsvFactory.builder()
            .streamReadConstraints(DataFile.CONSTRAINTS)
            .enable(CsvReadFeature.WRAP_AS_ARRAY)
            .build();

    private final JsonParser parser;
    private final String file;
    private long line;

    private Csv(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    static void read(Reader text, DataFile.Rows<?> rows) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            new Csv(parser, rows.file()).read(rows);
        }
    }

    private void read(DataFile.Rows<?> rows) {
        parser.nextToken(); // the array around all lines
        List<String> header = line();
        if (header == null) {
            throw new LoadDataException(file
                    + " is empty: it must begin with a line of column names, and have a row in each line after it.");
        }
        checkNames(header);
        rows.type().check(new LinkedHashSet<>(header), place());
        for (List<String> fields = line(); fields != null; fields = line()) {
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
    private @Nullable List<String> line() {
        try {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                line = parser.currentLocation().getLineNr();
                List<String> fields = fields();
                if (!fields.isEmpty()) {
                    return fields;
                }
            }
            return null;
        } catch (JacksonIOException e) {
            throw e;
        } catch (JacksonException e) {
            throw DataFile.malformed(place(), e);
        }
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        boolean wide = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (fields.size() == DataFile.MAX_COLUMNS) {
                throw place().error(
                                String.format(Locale.ROOT, "there may be at most %,d columns", DataFile.MAX_COLUMNS));
            }
            // An empty line is one field that takes no room; one of two quotes is a value. The parser's own feature for
            // empty lines would take spaces from the first field of the others.
            wide |= !fields.isEmpty()
                    || parser.currentLocation().getColumnNr()
                            > parser.currentTokenLocation().getColumnNr();
            fields.add(parser.getString());
        }
        return wide ? fields : List.of();
    }

    private Place place() {
        return new Place(file, line);
    }
}
