package io.stampede.storage.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven left in the jar. */
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in =
                BuildVersion.class.getResourceAsStream("/META-INF/maven/io.stampede/stampede-core/pom.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        return new String[] {
            "Stampede " + build.getProperty("version", "(not from a jar)") + ", Java "
                    + System.getProperty("java.version")
        };
    }
}
