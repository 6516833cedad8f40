package io.stampede.report.quiet;

import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Allure's lifecycle, which leaves out steps, attachments and the like of a load test's operations. Their threads have no
 * test of Allure's, so it would log errors for each of them, and leave a file for each attachment. Elsewhere it does what
 * Allure does.
 */
public final class QuietLifecycle extends AllureLifecycle {

    private final OperationCalls calls;

    public QuietLifecycle(AllureResultsWriter writer, OperationCalls calls) {
        super(writer);
        this.calls = calls;
    }

    private boolean ofOperation() {
        return calls.running() && getCurrentTestCaseOrStep().isEmpty();
    }

    /** Counts one of them. */
    private boolean leftOut() {
        boolean left = ofOperation();
        if (left) {
            calls.leftOut();
        }
        return left;
    }

    @Override
    public void startStep(String uuid, StepResult result) {
        if (!leftOut()) {
            super.startStep(uuid, result);
        }
    }

    @Override
    public void updateStep(Consumer<StepResult> update) {
        if (!ofOperation()) {
            super.updateStep(update);
        }
    }

    @Override
    public void updateStep(String uuid, Consumer<StepResult> update) {
        if (!ofOperation()) {
            super.updateStep(uuid, update);
        }
    }

    @Override
    public void stopStep() {
        if (!ofOperation()) {
            super.stopStep();
        }
    }

    @Override
    public void stopStep(String uuid) {
        if (!ofOperation()) {
            super.stopStep(uuid);
        }
    }

    @Override
    public void updateTestCase(Consumer<TestResult> update) {
        if (!leftOut()) {
            super.updateTestCase(update);
        }
    }

    @Override
    public String prepareAttachment(String name, String type, String extension) {
        return leftOut() ? UUID.randomUUID() + "-left-out" : super.prepareAttachment(name, type, extension);
    }

    @Override
    public void writeAttachment(String source, InputStream content) {
        if (!ofOperation()) {
            super.writeAttachment(source, content);
        }
    }
}
