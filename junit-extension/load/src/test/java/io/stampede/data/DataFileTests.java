package io.stampede.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files say, and what is said of those that are wrong. */
class DataFileTests {

    enum Plan {
        FREE,
        PRO
    }

    record User(String name, int age) {}

    record Everything(
            String text,
            int small,
            long large,
            double ratio,
            boolean active,
            BigDecimal price,
            BigInteger huge,
            Plan plan,
            LocalDate day,
            Instant at,
            Duration pause,
            UUID id) {}

    record Loose(@Nullable Integer number, @Nullable String text) {}

    record Careful(int age) {
        Careful {
            if (age < 0) {
                throw new IllegalArgumentException("age must be >= 0, but was " + age);
            }
        }
    }

    record Nested(User user) {}

    @Test
    void readsCsvAsRecordsWhateverTheOrderOfItsColumns() {
        assertThat(csv(User.class, "age,name\n31,Ann\n42,Bob\n"))
                .containsExactly(new User("Ann", 31), new User("Bob", 42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void readsQuotesAsRfc4180HasThem(String lineEnd) {
        assertThat(csv(
                        User.class,
                        String.join(
                                lineEnd,
                                "name,age",
                                "\"a, b\",1",
                                "\"say \"\"hi\"\"\",2",
                                "\"two",
                                "lines\",3",
                                "\"\",4",
                                " x ,\"5\"")))
                .containsExactly(
                        new User("a, b", 1),
                        new User("say \"hi\"", 2),
                        new User("two" + lineEnd + "lines", 3),
                        new User("", 4),
                        new User(" x ", 5));
    }

    @Test
    void skipsAByteOrderMarkAndEmptyLines() {
        assertThat(csv(User.class, "\uFEFF\"name\",age\n\nÄnn,1\n\n\n")).containsExactly(new User("Änn", 1));
        assertThat(jsonLines(User.class, "\uFEFF{\"name\":\"Änn\",\"age\":1}\n\n \r\n{\"age\":2,\"name\":\"Bob\"}"))
                .containsExactly(new User("Änn", 1), new User("Bob", 2));
    }

    @Test
    void tellsAnEmptyValueFromAnEmptyLine() {
        record Note(String text) {}

        assertThat(csv(Note.class, "\n\ntext\n\n\"\"\n\nb\n\n")).containsExactly(new Note(""), new Note("b"));
    }

    @Test
    void keepsAFieldThatEndsWithALineBreak() {
        record Note(String text) {}

        assertThat(csv(Note.class, "text\n\"a\n\"\nb")).containsExactly(new Note("a\n"), new Note("b"));
    }

    @Test
    void takesSpacesAroundQuotesAndAfterTheLastLineForNothing() {
        assertThat(csv(User.class, "name, \"age\" \n \"Ann\"\t,1\n  ")).containsExactly(new User("Ann", 1));
        assertThat(csvMaps("note\n \n\" \"")).containsExactly(Map.of("note", " "), Map.of("note", " "));
    }

    @Test
    void readsEveryTypeOfComponent() {
        Everything expected = new Everything(
                "a",
                -1,
                5_000_000_000L,
                2.5,
                true,
                new BigDecimal("9.90"),
                new BigInteger("99999999999999999999"),
                Plan.PRO,
                LocalDate.of(2026, 1, 31),
                Instant.parse("2026-01-31T23:59:30Z"),
                Duration.ofSeconds(90),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));

        assertThat(csv(
                        Everything.class,
                        "text,small,large,ratio,active,price,huge,plan,day,at,pause,id\n"
                                + "a,-1,5000000000,2.5,TRUE,9.90,99999999999999999999,PRO,2026-01-31,"
                                + "2026-01-31T23:59:30Z,PT1M30S,123e4567-e89b-12d3-a456-426614174000"))
                .containsExactly(expected);
        assertThat(jsonLines(
                        Everything.class,
                        "{\"text\":\"a\",\"small\":-1,\"large\":5000000000,\"ratio\":2.5,\"active\":true,\"price\":9.90,"
                                + "\"huge\":99999999999999999999,\"plan\":\"PRO\",\"day\":\"2026-01-31\","
                                + "\"at\":\"2026-01-31T23:59:30Z\",\"pause\":\"PT1M30S\","
                                + "\"id\":\"123e4567-e89b-12d3-a456-426614174000\"}"))
                .containsExactly(expected);
    }

    @Test
    void readsCsvAsMapsInTheOrderOfTheColumns() throws IOException {
        LoadRows<Map<String, String>> rows =
                DataFile.read("users.csv", bytes("name,age,note\nAnn,31,\n"), MapType.csv(DataFormat.CSV));

        assertThat(rows.row(0))
                .containsExactly(Map.entry("name", "Ann"), Map.entry("age", "31"), Map.entry("note", ""));
        assertThatThrownBy(() -> rows.row(0).put("name", "Bob")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsJsonLinesAsMapsThatNobodyCanChange() throws IOException {
        LoadRows<Map<String, @Nullable Object>> rows = DataFile.read(
                "users.jsonl",
                bytes(
                        "{\"n\":1,\"l\":5000000000,\"d\":0.10,\"t\":\"x\",\"b\":false,\"z\":null,\"in\":{\"a\":[1,\"2\"]}}\n{\"other\":1}"),
                MapType.json(DataFormat.JSON_LINES));

        Map<String, @Nullable Object> row = rows.row(0);
        assertThat(row)
                .containsEntry("n", 1)
                .containsEntry("l", 5_000_000_000L)
                .containsEntry("d", new BigDecimal("0.10"))
                .containsEntry("t", "x")
                .containsEntry("b", false)
                .containsEntry("z", null)
                .containsEntry("in", Map.of("a", List.of(1, "2")));
        assertThat(rows.row(1)).containsOnlyKeys("other");
        assertThatThrownBy(() -> row.put("n", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) Objects.requireNonNull(row.get("in"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void takesNullWhereJsonSaysSoAndTheComponentCanHoldIt() {
        assertThat(jsonLines(Loose.class, "{\"number\":null,\"text\":null}")).containsExactly(new Loose(null, null));
        assertThatThrownBy(() -> jsonLines(User.class, "{\"name\":\"x\",\"age\":null}"))
                .hasMessage(
                        "users.jsonl, line 1, column \"age\": null, but int User.age must be a whole number such as 42.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            name,age/Ann,31/Bob,forty      | users.csv, line 3, column "age": "forty", but int User.age must be a whole number such as 42.
            name,age/Ann,                  | users.csv, line 2, column "age": "", but int User.age must be a whole number such as 42.
            name,age/Ann,3000000000        | users.csv, line 2, column "age": "3000000000", but int User.age must be a whole number such as 42.
            name,age/"A/B",1/Ann,1.5       | users.csv, line 4, column "age": "1.5", but int User.age must be a whole number such as 42.
            name,age/Ann,31/Bob            | users.csv, line 3: has 1 fields, but must have 2, as the first line names columns. A field with a comma, a quote or a line break in it stands in quotes.
            name,age/Ann,31,x              | users.csv, line 2: has 3 fields, but must have 2, as the first line names columns. A field with a comma, a quote or a line break in it stands in quotes.
            name,years/Ann,31              | users.csv, line 1: there is no column "age" for int User.age. The columns are "name", "years".
            name;age/Ann;31                | users.csv, line 1: there is no column "name" for String User.name. The columns are "name;age": they must be separated by commas.
            name,age,note/Ann,31,x         | users.csv, line 1: column "note" has no component in record User. Take it away, or add a component of that name; they are "name", "age".
            name,age,name/Ann,31,Ann       | users.csv, line 1: column "name" is there twice. Rename one of them.
            name,age,/Ann,31,              | users.csv, line 1: column 3 of 3 has no name. Give it one, or take the comma away.
            name,age                       | users.csv has no rows: after the line of column names it must have at least one.
            name,age//                     | users.csv has no rows: after the line of column names it must have at least one.
            ~~                             | users.csv is empty: it must begin with a line of column names, and have a row in each line after it.
            //                             | users.csv is empty: it must begin with a line of column names, and have a row in each line after it.
            """)
    void saysWhereACsvFileIsWrong(String text, String message) {
        assertThatThrownBy(() -> csv(User.class, text.replace('/', '\n')))
                .isInstanceOf(LoadDataException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"name":"Ann","age":"31"}                   | users.jsonl, line 1, column "age": "31", but int User.age must be a whole number such as 42.
            {"name":7,"age":31}                         | users.jsonl, line 1, column "name": 7, but String User.name must be a text.
            {"name":"Ann","age":31.5}                   | users.jsonl, line 1, column "age": 31.5, but int User.age must be a whole number such as 42.
            {"name":"Ann","age":31}/{"name":"Bob"}      | users.jsonl, line 2: there is no column "age" for int User.age. The columns are "name".
            {"name":"Ann","age":31,"note":1}            | users.jsonl, line 1: column "note" has no component in record User. Take it away, or add a component of that name; they are "name", "age".
            //["Ann",31]                                | users.jsonl, line 3: must be a JSON object such as {"name": "Ann"}, but was ["Ann",31].
            {"name":"Ann","age":31} {"name":"B"}        | users.jsonl, line 1: there is more after the object. Each object must have a line of its own.
            ~~                                          | users.jsonl is empty: it must have a JSON object in each line.
            """)
    void saysWhereAJsonLinesFileIsWrong(String text, String message) {
        assertThatThrownBy(() -> jsonLines(User.class, text.replace('/', '\n')))
                .isInstanceOf(LoadDataException.class)
                .hasMessage(message);
    }

    @Test
    void saysOnWhichLineAParserGaveUp() {
        assertThatThrownBy(() -> csv(User.class, "name,age\nAnn,1\n\"Bob\"x,2\n"))
                .isInstanceOf(LoadDataException.class)
                .hasMessage(
                        "users.csv, line 3: cannot be parsed: Unexpected character after closing quote: 'x' (0x78).");
        assertThatThrownBy(() -> csv(User.class, "name,age\nAnn,1\n\"Bob,2\nCid,3\n"))
                .isInstanceOf(LoadDataException.class)
                .hasMessage("users.csv, line 3: cannot be parsed: Unclosed quoted field at end of input.");
        assertThatThrownBy(() -> jsonLines(User.class, "{\"name\":\"Ann\",\"age\":1}\n{\"name\":\"Bob\"\n"))
                .isInstanceOf(LoadDataException.class)
                .hasMessageStartingWith("users.jsonl, line 2: cannot be parsed: ")
                .hasMessageEndingWith(".")
                .hasMessageNotContaining("Source:")
                .hasMessageNotContaining("..");
        assertThatThrownBy(() -> jsonLines(User.class, "{\"name\":\"Ann\",\"age\":1,\"age\":2}"))
                .isInstanceOf(LoadDataException.class)
                .hasMessageContaining("line 1: cannot be parsed: Duplicate")
                .hasMessageContaining("\"age\"");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        InputStream latin = new ByteArrayInputStream("name,age\nÄnn,1".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DataFile.read("users.csv", latin, RecordType.of(User.class, DataFormat.CSV)))
                .isInstanceOf(LoadDataException.class)
                .hasMessage("users.csv is not UTF-8. Save it in that encoding.");
    }

    @Test
    void saysWhatARecordRefused() {
        assertThatThrownBy(() -> csv(Careful.class, "age\n1\n-1"))
                .hasMessage(
                        "users.csv, line 3: record Careful refuses this row: java.lang.IllegalArgumentException: age must"
                                + " be >= 0, but was -1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "1d", " 1", "1e999", "0x1"})
    void refusesWhatOnlyJavaCallsANumber(String text) {
        record Ratio(double value) {}

        assertThatThrownBy(() -> csv(Ratio.class, "value\n" + text))
                .hasMessageContaining("must be a number such as 9.95");
    }

    @Test
    void namesTheConstantsOfAnEnum() {
        record Member(Plan plan) {}

        assertThatThrownBy(() -> csv(Member.class, "plan\npro"))
                .hasMessage(
                        "users.csv, line 2, column \"plan\": \"pro\", but Plan Member.plan must be one of FREE, PRO.");
    }

    @Test
    void refusesTypesThatNoRowCanBe() {
        assertThatThrownBy(() -> csv(Nested.class, "user\nx"))
                .isInstanceOf(LoadDataException.class)
                .hasMessageStartingWith("record Nested has component User user, but a component must be String, int,")
                .hasMessageEndingWith("Change it, or take Map<String, String> instead of the record.");
        assertThatThrownBy(() -> LoadRows.read("users.csv", DataFileTests.class, String.class))
                .isInstanceOf(LoadDataException.class)
                .hasMessage("a row of this file must be a record or a Map<String, String>, but was java.lang.String.");
        assertThatThrownBy(() -> LoadRows.read("users.jsonl", DataFileTests.class, Map.class))
                .hasMessage("a row of this file must be a record or a Map<String, Object>, but was java.util.Map.");
        assertThatThrownBy(() -> LoadRows.readCsv("users.jsonl", DataFileTests.class))
                .hasMessage("rows of such a file are Map<String, Object>, but Map<String, String> was asked for.");
        assertThatThrownBy(() -> LoadRows.read("users.xml", User.class))
                .hasMessage(
                        "\"users.xml\" must be the name of a file on the class path that ends with .csv (columns named in"
                                + " its first line), .jsonl or .ndjson (one JSON object a line).");
    }

    @Test
    void looksBesideTheRecordThenAtTheRoot() {
        record Person(String name) {}

        assertThat(LoadRows.read("people.csv", Person.class).row(0)).isEqualTo(new Person("beside"));
        assertThat(LoadRows.read("/people.csv", Person.class).row(0)).isEqualTo(new Person("root"));
        assertThat(LoadRows.readCsv("more-people.csv", Person.class).row(0)).containsEntry("name", "at the root alone");
        assertThatThrownBy(() -> LoadRows.readCsv("nobody.csv", DataFileTests.class))
                .hasMessage(
                        "\"nobody.csv\" is no resource on the class path; looked beside io.stampede.data.DataFileTests and"
                                + " at the root. Put it into src/test/resources.");
    }

    @Test
    void boundsColumnsFieldsAndRows() {
        String columns = IntStream.rangeClosed(0, DataFile.MAX_COLUMNS)
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> csvMaps(columns + "\n" + columns))
                .hasMessage("users.csv, line 1: there may be at most 1,000 columns.");
        assertThatThrownBy(() -> csvMaps("a\n" + "x".repeat(DataFile.MAX_FIELD + 1)))
                .isInstanceOf(LoadDataException.class)
                .hasMessageStartingWith("users.csv, line 2: cannot be parsed: The maximum buffer size of 1000000 is")
                .hasMessageEndingWith("maximum limit.");
        assertThat(csvMaps("a\n" + "x".repeat(DataFile.MAX_FIELD))).hasSize(1);
        assertThat(csvMaps("a\n\"" + "\"\"".repeat(DataFile.MAX_FIELD) + "\"")).hasSize(1);
        assertThatThrownBy(() -> csvMaps("a\n" + "1\n".repeat(DataFile.MAX_ROWS + 1)))
                .hasMessage("users.csv, line 1,000,002: there may be at most 1,000,000 rows.");
    }

    @Test
    void boundsTheFileBeforeItFillsTheMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '\n';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) ' ');
                buffer[offset + length - 1] = '\n';
                return length;
            }
        };

        assertThatThrownBy(
                        () -> DataFile.read("users.jsonl", endless, RecordType.of(User.class, DataFormat.JSON_LINES)))
                .isInstanceOf(LoadDataException.class)
                .hasMessage("users.jsonl must be at most 100,000,000 bytes long.");
    }

    private static <T extends Record> List<T> csv(Class<T> type, String text) {
        return all("users.csv", text, RecordType.of(type, DataFormat.CSV));
    }

    private static List<Map<String, String>> csvMaps(String text) {
        return all("users.csv", text, MapType.csv(DataFormat.CSV));
    }

    private static <T extends Record> List<T> jsonLines(Class<T> type, String text) {
        return all("users.jsonl", text, RecordType.of(type, DataFormat.JSON_LINES));
    }

    private static <T> List<T> all(String file, String text, RowType<T> type) {
        try {
            LoadRows<T> rows = DataFile.read(file, bytes(text), type);
            return LongStream.range(0, rows.size()).mapToObj(rows::row).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
