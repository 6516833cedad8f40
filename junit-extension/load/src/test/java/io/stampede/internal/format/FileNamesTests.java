package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTests {

    @Test
    void leavesANameThatEveryFileSystemAccepts() {
        assertThat(FileNames.of("ShopLoadTest.spike-2_a")).isEqualTo("ShopLoadTest.spike-2_a");
    }

    @Test
    void replacesWhatAFileSystemMayRefuseAndStaysDifferentForDifferentNames() {
        assertThat(FileNames.of("../a b")).matches("a-b-[0-9a-f]{10}").isNotEqualTo(FileNames.of("../a/b"));
        assertThat(FileNames.of(".hidden")).startsWith("hidden-");
        assertThat(FileNames.of("../../etc/passwd")).matches("[A-Za-z0-9][A-Za-z0-9._-]*");
        assertThat(FileNames.of("a/b")).isNotEqualTo(FileNames.of("a:b"));
        assertThat(FileNames.of("<script> & \"quoted\" \u0000\u001b[31m\u202e ]]> \ud800 end"))
                .matches("[A-Za-z0-9._-]+");
        assertThat(FileNames.of("")).isEmpty();
    }

    @Test
    void cutsALongNameAndKeepsTwoOfThemApart() {
        String one = FileNames.of("a".repeat(300));
        String other = FileNames.of("a".repeat(301));

        assertThat(one).hasSizeLessThan(92).isNotEqualTo(other);
        // Their hash codes are the same.
        assertThat(FileNames.of("a".repeat(300) + "Aa")).isNotEqualTo(FileNames.of("a".repeat(300) + "BB"));
    }

    @Test
    void staysReadableInAnyScript() {
        assertThat(named("Shop.größe")).isEqualTo("Shop.größe");
        assertThat(named("商店.下单")).isEqualTo("商店.下单");
        assertThat(named("नमस्ते")).isEqualTo("नमस्ते");
        assertThat(named("gro\u0308ße")).as("decomposed").startsWith("größe-");
    }

    @Test
    void isAsciiWhereTheFileSystemCanWriteNothingElse() {
        assertThat(FileNames.of("Shop.größe", name -> name.chars().allMatch(c -> c < 128)))
                .matches("Shop\\.gr-e-[0-9a-f]{10}");
    }

    @Test
    void leavesRoomWithinTheBytesOfAFileName() {
        for (String letter : List.of("a", "ü", "商", "𝒜")) {
            assertThat(named(letter.repeat(300)).getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(80, 211);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul", "NUL", "aux", "con.load", "COM1", "lpt9.x", "prn"})
    void isNoDeviceOfWindows(String device) {
        assertThat(FileNames.of(device)).startsWith("_" + device + "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name.", "name ", "name...", "name. ", "name.."})
    void endsWithNoDotOrBlankWhichWindowsLeavesOut(String name) {
        assertThat(FileNames.of(name)).matches("name[.-]*-[0-9a-f]{10}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nullable", "console.load", "common", "Shop.aux"})
    void leavesWhatOnlyBeginsLikeADevice(String name) {
        assertThat(FileNames.of(name)).isEqualTo(name);
    }

    @Test
    void distinctNamesDifferInAnyLetterCase() {
        assertThat(FileNames.distinct("Shop.load")).isNotEqualToIgnoringCase(FileNames.distinct("Shop.Load"));
        assertThat(FileNames.distinct("a b")).isEqualTo(FileNames.of("a b"));
    }

    @Test
    void findsWhatEarlierVersionsWrote() {
        assertThat(FileNames.allOf("Shop.größe")).contains("Shop.größe", "Shop.gr-e-" + oldHash("Shop.größe"));
        assertThat(FileNames.allOf("Shop.load")).containsExactly("Shop.load");
    }

    @Test
    void canBeMade(@TempDir Path directory) throws Exception {
        List<String> names = Stream.of("Shop.größe", "nul", "a/b", "name.", "x".repeat(400), "商".repeat(400))
                .map(FileNames::of)
                .toList();

        for (String name : names) {
            Files.createDirectory(directory.resolve(name));
        }

        try (Stream<Path> made = Files.list(directory)) {
            assertThat(made).hasSameSizeAs(names);
        }
    }

    private static String named(String name) {
        return FileNames.of(name, any -> true);
    }

    private static String oldHash(String name) {
        return Integer.toHexString(name.hashCode());
    }
}
