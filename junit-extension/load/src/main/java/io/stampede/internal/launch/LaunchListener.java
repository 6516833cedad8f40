package io.stampede.internal.launch;

import io.stampede.internal.report.TerminalText;
import io.stampede.internal.run.InvalidRuns;
import io.stampede.internal.settings.LaunchParameters;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Tells settings of the configuration parameters of each test plan, and says at a plan's end which load tests were invalid.
 * Made by JUnit's launcher.
 */
public final class LaunchListener implements TestExecutionListener {

    /** A plan begins. */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        begin(plan);
        InvalidRuns.current().begin(plan);
    }

    /** A plan has ended. */
    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        end(plan);
        InvalidRuns.current().end(plan).ifPresent(LaunchListener::warn);
    }

    // Between empty lines, since it stands among those of a build that is green.
    private static void warn(String line) {
        System.out.println(System.lineSeparator() + "Stampede: " + TerminalText.clean(line) + System.lineSeparator());
    }

    /** For listeners that need the parameters while this one may not have heard of the plan yet; followed by {@link #end}. */
    public static void begin(TestPlan plan) {
        ConfigurationParameters parameters = plan.getConfigurationParameters();
        LaunchParameters.current().begin(plan, parameters.keySet(), parameters::get);
    }

    /** For listeners that have called {@link #begin}. */
    public static void end(TestPlan plan) {
        LaunchParameters.current().end(plan);
    }
}
