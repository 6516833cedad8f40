package io.stampede.internal.run;

import io.stampede.internal.engine.Progress;
import io.stampede.report.LoadReporter;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/** The reporters of one run. What one of them throws is printed, and neither the run nor the others notice. */
final class Reporters implements Progress {

    /** A service file of that many broken lines is none; without a bound, a loader that never moves on would hold us. */
    private static final int MAX_BROKEN = 100;

    private final PrintStream out;
    private final String name;
    private final List<LoadReporter> reporters;
    private final Set<LoadReporter> broken = new HashSet<>();

    /** @param name of the scenario */
    Reporters(PrintStream out, String name, List<LoadReporter> reporters) {
        this.out = out;
        this.name = name;
        this.reporters = List.copyOf(reporters);
    }

    /** One of each kind on the class path. */
    static Reporters load(PrintStream out, String name) {
        List<LoadReporter> found = new ArrayList<>();
        Iterator<LoadReporter> services = ServiceLoader.load(LoadReporter.class).iterator();
        int failures = 0;
        while (failures < MAX_BROKEN) {
            try {
                if (!services.hasNext()) {
                    break;
                }
                found.add(services.next());
            } catch (ServiceConfigurationError e) {
                failures++;
                out.println("Stampede: a reporter could not be loaded and will not report " + name + ": " + e);
            }
        }
        return new Reporters(out, name, found);
    }

    void started(Scenario scenario, Map<String, String> facts) {
        reporters.forEach(reporter -> tell(reporter, it -> it.started(scenario, facts)));
    }

    @Override
    public void show(Snapshot snapshot) {
        for (LoadReporter reporter : reporters) {
            if (!broken.contains(reporter)) {
                tell(reporter, it -> it.progress(snapshot));
            }
        }
    }

    void finished(LoadResult result, Verdict verdict) {
        reporters.forEach(reporter -> tell(reporter, it -> it.finished(result, verdict)));
    }

    private void tell(LoadReporter reporter, Consumer<LoadReporter> news) {
        try {
            news.accept(reporter);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            broken.add(reporter);
            out.println("Stampede: " + reporter.getClass().getName() + " could not report " + name + ": " + e);
        }
    }
}
