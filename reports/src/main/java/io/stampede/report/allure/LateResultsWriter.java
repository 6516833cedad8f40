package io.stampede.report.allure;

import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import io.stampede.report.text.Console;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes Allure's results into a directory that is known only when the first of them is written. Never throws. */
final class LateResultsWriter implements AllureResultsWriter {

    private final Supplier<Path> directory;
    private final Console console;
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable AllureResultsWriter writer;

    LateResultsWriter(Supplier<Path> directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    @Override
    public void write(TestResult result) {
        attempt(writer -> writer.write(result));
    }

    @Override
    public void write(TestResultContainer container) {
        attempt(writer -> writer.write(container));
    }

    @Override
    public void write(String source, InputStream attachment) {
        attempt(writer -> writer.write(source, attachment));
    }

    /** What cannot be written is said once: JUnit would print a stack trace for each test, and Allure for each file. */
    private void attempt(Consumer<AllureResultsWriter> writing) {
        try {
            writing.accept(writer());
        } catch (RuntimeException e) {
            if (failed.compareAndSet(false, true)) {
                console.error("Allure's results cannot be written to " + directory.get(), e);
            }
        }
    }

    private synchronized AllureResultsWriter writer() {
        AllureResultsWriter made = writer;
        if (made == null) {
            made = new FileSystemResultsWriter(directory.get());
            writer = made;
        }
        return made;
    }
}
