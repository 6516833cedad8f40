package io.stampede.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNamesTests {

    @Test
    void leavesANameThatEveryFileSystemAccepts() {
        assertThat(FileNames.of("ShopLoadTest.spike-2_a")).isEqualTo("ShopLoadTest.spike-2_a");
    }

    @Test
    void replacesWhatAFileSystemMayRefuseAndStaysDifferentForDifferentNames() {
        assertThat(FileNames.of("../a b")).matches("a-b-[0-9a-f]{1,8}").isNotEqualTo(FileNames.of("../a/b"));
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

        assertThat(one).hasSizeLessThan(90).isNotEqualTo(other);
    }
}
