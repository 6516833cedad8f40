package io.stampede.internal.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The commit that is being built. It is read from files, since a build machine may have no git.
 *
 * @since 0.1
 */
public final class Commit {

    /** Where CI servers say it, also if the sources are not a git repository. */
    private static final List<String> VARIABLES = List.of("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");

    private Commit() {}

    /**
     * The full hash; null if none can be found.
     *
     * @param directory in the repository
     */
    public static @Nullable String of(Path directory, Map<String, String> environment) {
        for (String variable : VARIABLES) {
            String commit = hash(environment.get(variable));
            if (commit != null) {
                return commit;
            }
        }
        try {
            for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
                if (Files.exists(at.resolve(".git"))) {
                    return ofRepository(at.resolve(".git"));
                }
            }
        } catch (IOException | RuntimeException e) {
            return null; // as on a machine without a repository
        }
        return null;
    }

    private static @Nullable String ofRepository(Path git) throws IOException {
        Path own = git;
        if (Files.isRegularFile(git)) { // a worktree or a submodule
            own = git.resolveSibling(after("gitdir:", Files.readString(git))).normalize();
        }
        Path common = Files.exists(own.resolve("commondir"))
                ? own.resolve(Files.readString(own.resolve("commondir")).strip())
                        .normalize()
                : own;
        String head = Files.readString(own.resolve("HEAD")).strip();
        if (!head.startsWith("ref:")) {
            return hash(head);
        }
        String ref = after("ref:", head);
        for (Path place : List.of(own.resolve(ref), common.resolve(ref))) {
            if (Files.isRegularFile(place)) {
                return hash(Files.readString(place));
            }
        }
        return packed(common.resolve("packed-refs"), ref);
    }

    private static @Nullable String packed(Path file, String ref) throws IOException {
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.endsWith(" " + ref)) {
                    return hash(line.substring(0, line.indexOf(' ')));
                }
            }
        }
        return null;
    }

    private static String after(String prefix, String text) {
        return text.strip()
                .substring(Math.min(prefix.length(), text.strip().length()))
                .strip();
    }

    private static @Nullable String hash(@Nullable String text) {
        return text != null && HASH.matcher(text.strip()).matches() ? text.strip() : null;
    }
}
