package io.stampede.report.build;

import io.stampede.report.text.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** The state of a build as JSON. */
final class BuildJson {

    private static final int SCHEMA = 1;

    private BuildJson() {}

    /**
     * That of a build that has not begun if there is no file.
     *
     * @throws IllegalArgumentException if the file is not of this schema
     */
    static BuildState read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return BuildState.NONE;
        } catch (CharacterCodingException | JacksonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static BuildState parse(String json) {
        Map<?, ?> root = Json.ofSchema(SCHEMA, json);
        List<Jvm> jvms = new ArrayList<>();
        for (Object one : Json.list(root.get("jvms"))) {
            Map<?, ?> jvm = Json.object(one);
            Set<String> classes = new LinkedHashSet<>();
            Json.list(jvm.get("classes")).forEach(name -> classes.add(Json.text(name)));
            jvms.add(new Jvm(
                    Json.number(jvm.get("pid")).longValue(),
                    Json.number(jvm.get("start")).longValue(),
                    Json.text(jvm.get("run")),
                    classes));
        }
        Map<String, String> owners = new LinkedHashMap<>();
        Json.object(root.get("owners")).forEach((name, owner) -> owners.put(Json.text(name), Json.text(owner)));
        Map<String, Object> parts = new LinkedHashMap<>();
        Json.object(root.get("parts")).forEach((run, part) -> parts.put(Json.text(run), Json.object(part)));
        Set<String> builds = new LinkedHashSet<>();
        Json.list(root.get("builds")).forEach(id -> builds.add(Json.text(id)));
        return new BuildState(
                builds,
                Instant.ofEpochMilli(Json.number(root.get("at")).longValue()),
                Boolean.TRUE.equals(root.get("older")),
                Boolean.TRUE.equals(root.get("shown")),
                jvms,
                owners,
                parts);
    }

    static String write(BuildState state) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("builds", List.copyOf(state.builds()));
        root.put("at", state.at().toEpochMilli());
        root.put("older", state.older());
        root.put("shown", state.shown());
        root.put(
                "jvms",
                state.jvms().stream()
                        .map(jvm -> Map.of(
                                "pid", jvm.pid(),
                                "start", jvm.startMillis(),
                                "run", jvm.run(),
                                "classes", List.copyOf(jvm.classes())))
                        .toList());
        root.put("owners", state.owners());
        root.put("parts", state.parts());
        return Json.of(json -> Json.write(json, root));
    }
}
