package io.stampede.junit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's tests as a module that opens its package to JUnit alone, compiled and run in a JVM with a module path, on
 * which stands what our module asks for and nothing else. It lies in {@code src/test/resources/module-path}.
 */
class ModulePathTests {

    private static final List<String> RUN = List.of("org.junit.jupiter.engine", "org.junit.platform.launcher");

    @TempDir
    static Path folder;

    private static List<String> printed = List.of();

    @BeforeAll
    static void runAUsersModule() throws Exception {
        String path = modulePath();
        Path sources = Path.of(Objects.requireNonNull(ModulePathTests.class.getResource("/module-path"))
                .toURI());
        compile(sources, path);
        copyResources(sources);
        printed = run(path);
    }

    @Test
    void runsOperationsWithRowsTargetsAndGauges() {
        assertThat(printed).contains("rows ran: 20 operations, gauge line", "rows ended: SUCCESSFUL");
    }

    @Test
    void makesPhases() {
        assertThat(printed).contains("phases ran: 7 operations, gauge line", "phases ended: SUCCESSFUL");
    }

    @Test
    void failsWithWhatTheOperationThrewAndNothingAroundIt() {
        assertThat(printed)
                .contains("fails ran: 5 operations, gauge line")
                .anyMatch(line -> line.startsWith("fails threw: [shop.test.ShopLoadTest$SoldOut, at"
                        + " shop.test/shop.test.ShopLoadTest.fails(ShopLoadTest.java:"))
                .anyMatch(line -> line.startsWith("fails ended: FAILED"));
    }

    @Test
    void failsForALoadTestThatJUnitNeverRuns() {
        assertThat(printed)
                .anyMatch(
                        line -> line.startsWith(
                                "returns ended: FAILED, " + LoadConfigurationException.class.getName()
                                        + ": @BasicLoadTest on ShopLoadTest.returns(): the method returns int, so JUnit never runs it."));
    }

    @Test
    void readsRowsInCode() {
        assertThat(printed)
                .contains("beside: User[name=Ann, age=31]", "root: {name=Cid, age=53}", "code ended: SUCCESSFUL");
    }

    @Test
    void saysWhatToWriteIfAPackageIsOpenToNobody() {
        assertThat(printed)
                .contains("closed: record Closed cannot be created: package shop.closed is closed; write \"opens"
                        + " shop.closed to org.junit.platform.commons;\" in the module-info of shop.test.");
    }

    /** Names that are those of files: of the two libraries that have not said their own. */
    @Test
    void requiresModulesThatHaveSaidTheirNames() {
        ModuleFinder finder = finder();
        List<String> nameless = new ArrayList<>();
        for (ModuleReference module : required(finder, List.of("stampede.junit"))) {
            if (module.descriptor().isAutomatic() && !saysItsName(module)) {
                nameless.add(module.descriptor().name());
            }
        }

        assertThat(nameless).containsExactlyInAnyOrder("HdrHistogram", "sketches.java");
    }

    private static boolean saysItsName(ModuleReference module) {
        try (JarFile jar = new JarFile(path(module).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String modulePath() {
        List<String> roots = new ArrayList<>(RUN);
        roots.add("stampede.junit");
        return required(finder(), roots).stream()
                .map(module -> path(module).toString())
                .collect(joining(File.pathSeparator));
    }

    private static ModuleFinder finder() {
        return ModuleFinder.compose(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .flatMap(entry -> module(Path.of(entry)).stream())
                        .toArray(ModuleFinder[]::new));
    }

    /** Empty for what cannot be a module, such as a folder of classes without a descriptor. */
    private static Optional<ModuleFinder> module(Path entry) {
        ModuleFinder finder = ModuleFinder.of(entry);
        try {
            return finder.findAll().isEmpty() ? Optional.empty() : Optional.of(finder);
        } catch (FindException e) {
            return Optional.empty();
        }
    }

    /**
     * What the roots require, and what that requires; not what is optional, and not the JDK. What is static and
     * transitive too, as API Guardian's annotations of JUnit are, javac asks for.
     */
    private static List<ModuleReference> required(ModuleFinder finder, List<String> roots) {
        Map<String, ModuleReference> found = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.remove();
            Optional<ModuleReference> module = finder.find(name);
            if (module.isPresent() && found.put(name, module.get()) == null) {
                module.get().descriptor().requires().stream()
                        .filter(requires -> !requires.modifiers().equals(Set.of(Modifier.STATIC)))
                        .map(ModuleDescriptor.Requires::name)
                        .forEach(open::add);
            }
        }
        return List.copyOf(found.values());
    }

    private static Path path(ModuleReference module) {
        return Path.of(module.location().orElseThrow());
    }

    private static void compile(Path sources, String path) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("--release", "17", "-Xlint:all", "-Werror", "-d", folder.toString(), "-p", path));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int exit = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));

        assertThat(exit).as("%s", said).isZero();
    }

    private static void copyResources(Path sources) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".java"))
                    .toList();
        }
        for (Path file : files) {
            Files.copy(file, folder.resolve(sources.relativize(file).toString()));
        }
    }

    private static List<String> run(String path) throws Exception {
        Path out = folder.resolve("printed.txt");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstampede.history=off",
                        "-Dstampede.validity=off",
                        "-p",
                        folder + File.pathSeparator + path,
                        "--add-modules",
                        String.join(",", RUN),
                        "-m",
                        "shop.test/shop.test.Main")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(out.toFile()))
                .start();
        try {
            assertThat(jvm.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            jvm.destroyForcibly();
        }
        String text = Files.readString(out);
        assertThat(jvm.exitValue()).as(text).isZero();
        return text.lines().toList();
    }
}
