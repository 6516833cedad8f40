package io.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users import is on this side of the fence, everything else under {@code io.stampede.internal}. */
class FenceTests {

    private static final String INTERNAL = "io.stampede.internal";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern TYPE = Pattern.compile(
            "(?s)(/\\*\\*(?:(?!\\*/).)*\\*/)?\\s*((?:@[A-Za-z.]+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s*)*)"
                    + "(?<=\\n)( *)(public\\s+)?((?:static |final |sealed |abstract )*)(class|interface|@interface|enum|record)\\s+(\\w+)");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stampede");

    @Test
    void whatUsersImportMentionsNothingInternal() {
        List<String> mentions = new ArrayList<>();
        long seen = exported().peek(type -> mentions(type, mentions)).count();

        assertThat(seen).isGreaterThan(40);
        assertThat(mentions).isEmpty();
    }

    private static Stream<JavaClass> exported() {
        return CLASSES.stream()
                .filter(type -> !type.getPackageName().startsWith(INTERNAL))
                .filter(FenceTests::isReachable);
    }

    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(FenceTests::isReachable).orElse(true);
    }

    private static void mentions(JavaClass type, List<String> mentions) {
        type.getRawSuperclass().ifPresent(parent -> add(type.getName(), Set.of(parent), mentions));
        add(type.getName(), type.getRawInterfaces(), mentions);
        for (JavaField field : type.getFields()) {
            if (isSeen(field.getModifiers())) {
                add(field.getFullName(), field.getType().getAllInvolvedRawTypes(), mentions);
            }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isSeen(unit.getModifiers())) {
                add(unit.getFullName(), unit.getReturnType().getAllInvolvedRawTypes(), mentions);
                unit.getParameterTypes()
                        .forEach(parameter -> add(unit.getFullName(), parameter.getAllInvolvedRawTypes(), mentions));
                add(unit.getFullName(), Set.copyOf(unit.getExceptionTypes()), mentions);
            }
        }
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static void add(String where, Iterable<JavaClass> types, List<String> mentions) {
        types.forEach(type -> {
            if (type.getPackageName().startsWith(INTERNAL)) {
                mentions.add(where + " mentions " + type.getName());
            }
        });
    }

    @Test
    void everyTypeThatUsersImportSaysSinceWhen() {
        List<String> without = new ArrayList<>();
        int types = 0;
        for (Path source : sources()) {
            Matcher matcher = TYPE.matcher(read(source));
            while (matcher.find()) {
                boolean nested = !matcher.group(3).isEmpty();
                boolean inInterface = read(source).contains("interface " + name(source));
                if (matcher.group(4) == null && !(nested && inInterface)) {
                    continue;
                }
                types++;
                if (matcher.group(1) == null || !matcher.group(1).contains("@since")) {
                    without.add(source.getFileName() + ": " + matcher.group(7));
                }
            }
        }

        assertThat(types).isGreaterThan(60);
        assertThat(without).as("public types without @since").isEmpty();
    }

    private static String name(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().replace('\\', '/').contains("io/stampede/internal/"))
                    .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                    .filter(file ->
                            Pattern.compile("(?m)^public ").matcher(read(file)).find())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
