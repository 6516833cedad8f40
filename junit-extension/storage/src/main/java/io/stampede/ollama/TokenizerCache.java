package io.stampede.ollama;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where DJL unpacks the tokenizer's native library, once for all processes of this user. It takes whatever file is there,
 * even half of one.
 *
 * @param path by default {@code .djl.ai/tokenizers} in the user's home
 */
record TokenizerCache(Path path) {
    private static final String ENGINE = "tokenizers";

    static TokenizerCache ofThisUser() {
        return new TokenizerCache(Utils.getEngineCacheDir(ENGINE));
    }

    /** Deletes files that are not as long as those in the jar, so that they are unpacked anew. */
    void removeHalves() throws IOException {
        Platform platform = Platform.detectPlatform(ENGINE);
        String start = platform.getVersion() + "-";
        String end = "-" + platform.getClassifier();
        if (!Files.isDirectory(path)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, start + "*" + end)) {
            for (Path folder : folders) {
                String name = String.valueOf(folder.getFileName());
                String flavor = name.substring(start.length(), name.length() - end.length());
                removeHalves(folder, "/native/lib/" + platform.getClassifier() + "/" + flavor + "/");
            }
        }
    }

    private static void removeHalves(Path folder, String resources) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                URL whole = TokenizerCache.class.getResource(resources + file.getFileName());
                if (whole != null && whole.openConnection().getContentLengthLong() != Files.size(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    IllegalStateException unusable(Throwable cause) {
        return new IllegalStateException(
                "The embedded model's tokenizer cannot be loaded from " + path.toAbsolutePath() + ": " + cause
                        + ". This user must be able to write there; if files are damaged there, delete it. Another"
                        + " directory can be named with -DDJL_CACHE_DIR=.. or in the environment. Or use a real Ollama"
                        + " (environment CONTAINERS or EXTERNAL).",
                cause);
    }
}
