package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users may import, and that it says so. */
class FenceTests {

    private static final Set<String> EXPORTED = Set.of(
            "io.stampede.storage",
            "io.stampede.storage.model",
            "io.stampede.storage.metrics",
            "io.stampede.storage.http",
            "io.stampede.storage.server");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stampede");

    @Test
    void exportsWhatUsersNeedAndNoMore() {
        assertThat(exported().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "ConversationStorage",
                        "StorageConfig",
                        // model
                        "Channel",
                        "CloseReport",
                        "Conversation",
                        "EmbeddingState",
                        "NotEmbeddedException",
                        "NotStoredException",
                        "Page",
                        "QueueFullException",
                        "Receipt",
                        "SimilarConversation",
                        "StorageException",
                        "StorageUnavailableException",
                        "StoredConversation",
                        // metrics
                        "Latency",
                        "MetricsStream",
                        "PerformanceMonitor",
                        "StorageStats",
                        // http
                        "PrometheusMetrics",
                        "ServerConfig",
                        "StorageServer",
                        // server
                        "LocalService",
                        "LocalServices",
                        "StorageServerCommand");
    }

    @Test
    void everythingElseIsInternal() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !EXPORTED.contains(name))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("io.stampede.internal."));
    }

    @Test
    void exportedTypesMentionNoInternalType() {
        List<String> mentions = exported()
                .flatMap(type -> mentionedBy(type)
                        .filter(FenceTests::isBehindTheFence)
                        .map(hidden -> type.getName() + " mentions " + hidden.getName()))
                .distinct()
                .toList();

        assertThat(mentions).isEmpty();
    }

    @Test
    void everyExportedTypeSaysSinceWhenItIsThere() throws IOException {
        List<JavaClass> types = exported().toList();
        assertThat(types).isNotEmpty();
        for (JavaClass type : types) {
            assertThat(javadocOf(type))
                    .describedAs("the Javadoc of " + type.getName())
                    .contains("@since ");
        }
    }

    private static Stream<JavaClass> exported() {
        return CLASSES.stream().filter(type -> EXPORTED.contains(type.getPackageName()) && isPublic(type));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(FenceTests::isPublic).orElse(true);
    }

    private static boolean isBehindTheFence(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.getPackageName().startsWith("io.stampede")
                && (element.getPackageName().startsWith("io.stampede.internal") || !isPublic(element));
    }

    /** Every type in a signature that is seen from outside, those between angle brackets included. */
    private static Stream<JavaClass> mentionedBy(JavaClass type) {
        List<JavaType> mentioned = new ArrayList<>(type.getInterfaces());
        type.getSuperclass().ifPresent(mentioned::add);
        type.getTypeParameters().forEach(variable -> mentioned.addAll(variable.getUpperBounds()));
        type.getFields().stream().filter(FenceTests::isSeen).forEach(field -> mentioned.add(field.getType()));
        type.getCodeUnits().stream().filter(FenceTests::isSeen).forEach(unit -> mentioned.addAll(signature(unit)));
        return mentioned.stream().flatMap(one -> one.getAllInvolvedRawTypes().stream());
    }

    private static Collection<JavaType> signature(JavaCodeUnit unit) {
        List<JavaType> types = new ArrayList<>(unit.getParameterTypes());
        types.add(unit.getReturnType());
        unit.getThrowsClause().forEach(declared -> types.add(declared.getRawType()));
        unit.getTypeParameters().forEach(variable -> types.addAll(variable.getUpperBounds()));
        return types;
    }

    private static boolean isSeen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    /** Bytecode has none, so it is read from the source. */
    private static String javadocOf(JavaClass type) throws IOException {
        JavaClass top = type;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        String source = Files.readString(Path.of("src/main/java", top.getName().replace('.', '/') + ".java"));
        Matcher declared = Pattern.compile(
                        "public [\\w ]*(class|@?interface|record|enum) " + type.getSimpleName() + "\\b")
                .matcher(source);
        assertThat(declared.find()).describedAs(type.getName()).isTrue();
        int begin = source.lastIndexOf("/**", declared.start());
        String before = begin < 0 ? "" : source.substring(begin, declared.start());
        // Annotations may stand between the two, but no other declaration.
        return before.indexOf(";\n", before.indexOf("*/")) >= 0 ? "" : before;
    }
}
