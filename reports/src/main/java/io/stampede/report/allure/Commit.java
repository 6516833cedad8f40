package io.stampede.report.allure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which commit is being built. Read from files, as a build machine may have no git. */
final class Commit {

    /** What CI servers say, which holds also where the sources are no git repository. */
    private static final List<String> VARIABLES = List.of("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");

    private Commit() {}

    /** The full hash; null where there is none to be found. */
    static @Nullable String of(Path directory, Map<String, String> environment) {
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
            return null; // no less than on a machine where there is no repository
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
