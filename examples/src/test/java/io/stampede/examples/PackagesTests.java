package io.stampede.examples;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Modules may not share a package; the examples have all of ours on their class path. */
class PackagesTests {

    @Test
    void eachPackageIsInOneJarAlone() throws IOException {
        Map<String, List<String>> jars = new TreeMap<>();
        Set<String> seen = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Set<String> packages = packages(Path.of(entry));
            packages.forEach(
                    name -> jars.computeIfAbsent(name, key -> new ArrayList<>()).add(entry));
            if (!packages.isEmpty()) {
                seen.add(entry);
            }
        }

        assertThat(seen).as("jars and folders of Stampede").hasSizeGreaterThanOrEqualTo(5);
        assertThat(jars).containsKeys("io.stampede", "io.stampede.junit", "io.stampede.junit.storage");
        assertThat(jars)
                .allSatisfy((name, places) -> assertThat(places).as(name).hasSize(1));
    }

    /** Those of Stampede in a jar or in a folder of classes. */
    private static Set<String> packages(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return packagesBelow(entry);
        }
        if (!Files.isRegularFile(entry)) {
            return Set.of();
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + entry.toUri()), Map.of())) {
            return packagesBelow(jar.getPath("/"));
        }
    }

    private static Set<String> packagesBelow(Path root) throws IOException {
        Path ours = root.resolve("io/stampede");
        if (!Files.isDirectory(ours)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(ours)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> root.relativize(file.getParent()).toString().replace(File.separatorChar, '/'))
                    .map(folder -> folder.replace('/', '.'))
                    .collect(toCollection(TreeSet::new));
        }
    }
}
