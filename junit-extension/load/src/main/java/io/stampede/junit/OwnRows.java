package io.stampede.junit;

import io.stampede.metric.Metric;
import io.stampede.targets.Target;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that {@link PerformanceTarget} gives an element: what a class inherits, then what annotations on the element
 * bring, then what stands on it itself. What comes later replaces what came before, but two rows of one metric that stand
 * side by side are an error: nobody could say which is meant.
 */
final class OwnRows {

    private final String where;
    private final Deque<AnnotatedElement> path = new ArrayDeque<>();

    private OwnRows(String place) {
        this.where = "@PerformanceTarget on " + place;
    }

    /** @param place what errors call the element */
    static List<Target> of(AnnotatedElement element, String place) {
        return List.copyOf(new OwnRows(place).rows(element).values());
    }

    private Map<Metric, Target> rows(AnnotatedElement element) {
        Map<Metric, Target> rows = new LinkedHashMap<>();
        if (path.contains(element)) {
            return rows; // annotations may stand on each other
        }
        path.push(element);
        if (element instanceof Class<?> type && !type.isAnnotation()) {
            for (Class<?> parent : type.getInterfaces()) {
                rows.putAll(rows(parent));
            }
            if (type.getSuperclass() != null) {
                rows.putAll(rows(type.getSuperclass()));
            }
        }
        rows.putAll(ofAnnotations(element));
        rows.putAll(direct(element));
        path.pop();
        return rows;
    }

    private Map<Metric, Target> ofAnnotations(AnnotatedElement element) {
        Map<Metric, Target> rows = new LinkedHashMap<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            for (Target row : rows(annotation.annotationType()).values()) {
                if (!row.equals(rows.get(row.metric()))) { // two annotations may bring the same one
                    add(row, rows);
                }
            }
        }
        return rows;
    }

    private Map<Metric, Target> direct(AnnotatedElement element) {
        Map<Metric, Target> rows = new LinkedHashMap<>();
        for (PerformanceTarget row : element.getDeclaredAnnotationsByType(PerformanceTarget.class)) {
            add(parsed(row), rows);
        }
        return rows;
    }

    private Target parsed(PerformanceTarget row) {
        try {
            return Target.of(row.metric(), row.target(), row.acceptable().isBlank() ? row.target() : row.acceptable());
        } catch (IllegalArgumentException e) {
            throw new LoadConfigurationException(where + ": metric = \"" + row.metric() + "\": " + e.getMessage(), e);
        }
    }

    private void add(Target row, Map<Metric, Target> rows) {
        Target other = rows.put(row.metric(), row);
        if (other != null) {
            throw new LoadConfigurationException(where + ": metric = \"" + row.label() + "\" is the same metric as \""
                    + other.label() + "\" above. Leave one out.");
        }
    }
}
