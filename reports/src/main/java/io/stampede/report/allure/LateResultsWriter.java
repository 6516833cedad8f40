package io.stampede.report.allure;

import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes Allure's results into a directory that is known only when the first of them is written. */
final class LateResultsWriter implements AllureResultsWriter {

    private final Supplier<Path> directory;
    private @Nullable AllureResultsWriter writer;

    LateResultsWriter(Supplier<Path> directory) {
        this.directory = directory;
    }

    @Override
    public void write(TestResult result) {
        writer().write(result);
    }

    @Override
    public void write(TestResultContainer container) {
        writer().write(container);
    }

    @Override
    public void write(String source, InputStream attachment) {
        writer().write(source, attachment);
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
