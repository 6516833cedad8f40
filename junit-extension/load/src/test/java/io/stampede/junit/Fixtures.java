package io.stampede.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs fixtures from outside, as a build does. */
final class Fixtures {

    private Fixtures() {}

    static EngineExecutionResults run(Class<?> fixture, String... parameters) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .configurationParameter("stampede.progress", "off")
                // What these tests say of operations must hold on a busy machine too; others ask for it.
                .configurationParameter("stampede.validity", "off")
                .configurationParameter("stampede.history", "off");
        for (int i = 0; i < parameters.length; i += 2) {
            kit.configurationParameter(parameters[i], parameters[i + 1]);
        }
        return kit.execute();
    }

    /** What the only failed or aborted test of a fixture threw. */
    static Throwable failure(EngineExecutionResults results) {
        return results.testEvents().finished().stream()
                .map(Fixtures::throwable)
                .flatMap(java.util.Optional::stream)
                .reduce((one, other) -> {
                    throw new AssertionError("more than one failed: " + one + ", " + other);
                })
                .orElseThrow(() -> new AssertionError("no test failed"));
    }

    private static java.util.Optional<Throwable> throwable(Event event) {
        return event.getPayload(TestExecutionResult.class).flatMap(TestExecutionResult::getThrowable);
    }
}
