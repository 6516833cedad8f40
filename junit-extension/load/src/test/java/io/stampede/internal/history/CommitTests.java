package io.stampede.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTests {

    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path work;

    @Test
    void isFoundFromADirectoryWithinTheRepository() throws Exception {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", HASH + "\n");
        Path module = Files.createDirectories(work.resolve("a/module"));

        assertThat(Commit.of(module, Map.of())).isEqualTo(HASH);
    }

    @Test
    void isFoundAmongPackedReferencesAndWithoutABranch() throws Exception {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/packed-refs", "# pack-refs with: peeled\n" + HASH + " refs/heads/main\n");
        assertThat(Commit.of(work, Map.of())).isEqualTo(HASH);

        write(".git/HEAD", HASH + "\n");
        write(".git/packed-refs", "");
        assertThat(Commit.of(work, Map.of())).isEqualTo(HASH);
    }

    @Test
    void isThatOfTheWorktree() throws Exception {
        write("main/.git/HEAD", "ref: refs/heads/main\n");
        write("main/.git/worktrees/other/HEAD", "ref: refs/heads/other\n");
        write("main/.git/worktrees/other/commondir", "../..\n");
        write("main/.git/refs/heads/other", HASH + "\n");
        write("other/.git", "gitdir: ../main/.git/worktrees/other\n");

        assertThat(Commit.of(work.resolve("other"), Map.of())).isEqualTo(HASH);
    }

    @Test
    void isWhatTheBuildServerSays() {
        assertThat(Commit.of(work, Map.of("GITHUB_SHA", HASH))).isEqualTo(HASH);
    }

    @Test
    void isNotKnownWhereNothingSaysIt() throws Exception {
        write(".git/HEAD", "ref: refs/heads/unborn\n");

        assertThat(Commit.of(work, Map.of("GIT_COMMIT", "$(nonsense)"))).isNull();
    }

    @Test
    void isNotKnownWhereAFileSaysWhatIsNoPath() throws Exception {
        write(".git/HEAD", "ref: refs/\0\n");

        assertThat(Commit.of(work, Map.of())).isNull();
    }

    private void write(String file, String content) throws IOException {
        Path path = work.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
