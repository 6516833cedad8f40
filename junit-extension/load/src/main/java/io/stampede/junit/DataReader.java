package io.stampede.junit;

import io.stampede.data.LoadDataException;
import io.stampede.data.LoadRows;
import io.stampede.data.RowOrder;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Scenario;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The data of one test: rows for each parameter that is to have them. */
final class DataReader {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(DataReader.class);

    private final ExtensionContext context;
    private final Method method;

    DataReader(ExtensionContext context, Method method) {
        this.context = context;
        this.method = method;
    }

    /** A parameter and where its values come from. */
    record Column(int parameter, LoadRows<?> rows) {}

    private record File(String resource, Class<?> beside, Type type) {}

    List<Column> read(Scenario scenario) {
        List<Column> columns = new ArrayList<>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Optional<LoadData> data = AnnotationSupport.findAnnotation(parameters[i], LoadData.class);
            if (data.isPresent()) {
                columns.add(new Column(i, rows(data.get(), parameters[i], i, scenario)));
            }
        }
        return columns;
    }

    private LoadRows<?> rows(LoadData data, Parameter parameter, int position, Scenario scenario) {
        String where = Attributes.where(LoadData.class, method) + ", parameter "
                + parameter.getType().getSimpleName() + " " + parameter.getName() + ": ";
        LoadRows<?> rows =
                file(new File(data.value(), context.getRequiredTestClass(), parameter.getParameterizedType()), where);
        if (data.order() == RowOrder.ONCE) {
            requireEnough(rows, data, scenario, where);
        }
        return switch (data.order()) {
            case CIRCULAR -> rows.circular();
            case RANDOM -> rows.random(scenario.seed() + position);
            case ONCE -> rows.once();
        };
    }

    private LoadRows<?> file(File file, String where) {
        ExtensionContext owner = context.getParent().orElse(context);
        try {
            return owner.getStore(NAMESPACE)
                    .getOrComputeIfAbsent(
                            file, key -> LoadRows.read(key.resource(), key.beside(), key.type()), LoadRows.class);
        } catch (LoadDataException e) {
            throw new LoadConfigurationException(where + e.getMessage(), e);
        }
    }

    private static void requireEnough(LoadRows<?> rows, LoadData data, Scenario scenario, String where) {
        Phase warmUp = scenario.warmUp();
        long operations =
                scenario.operations() + (warmUp == null ? 0 : warmUp.workload().operations());
        if (operations > rows.size()) {
            throw new LoadConfigurationException(where
                    + String.format(
                            Locale.ROOT,
                            "order = ONCE, but %s has %,d rows for %,d operations%s. Add rows, run fewer operations, or"
                                    + " take CIRCULAR or RANDOM.",
                            data.value(),
                            rows.size(),
                            operations,
                            warmUp == null ? "" : ", warm-up included"));
        }
    }
}
