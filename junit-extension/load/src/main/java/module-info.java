/**
 * Load tests as ordinary JUnit tests.
 *
 * <p>What users import is exported; what other modules of Stampede share is exported to them alone. A test module opens
 * its packages to {@code org.junit.platform.commons}, as for any JUnit test, and to nobody else.
 */
@SuppressWarnings({
    "module", // the modules that internal packages are exported to are compiled later
    "requires-automatic" // HdrHistogram and sketches-java, see docs/adr/0018-module-fence.md
})
module stampede.junit {
    requires transitive org.junit.jupiter.api;
    requires static org.assertj.core; // transitive, it would have to be on the module path of those who do not use it
    requires static org.jspecify;
    requires de.siegmar.fastcsv;
    requires HdrHistogram;
    requires java.management;
    requires jdk.management;
    requires org.apache.commons.statistics.distribution;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;
    requires org.junit.platform.engine; // as the launcher
    requires org.junit.platform.launcher; // static, no JVM could resolve what is provided to it, below
    requires sketches.java;
    requires tools.jackson.core;

    exports io.stampede;
    exports io.stampede.assertj;
    exports io.stampede.baseline;
    exports io.stampede.data;
    exports io.stampede.junit;
    exports io.stampede.metric;
    exports io.stampede.operation;
    exports io.stampede.report;
    exports io.stampede.result;
    exports io.stampede.scenario;
    exports io.stampede.targets;
    exports io.stampede.verdict;
    exports io.stampede.internal.format to
            stampede.junit.storage,
            stampede.reports;
    exports io.stampede.internal.history to
            stampede.reports;
    exports io.stampede.internal.launch to
            stampede.reports;
    exports io.stampede.internal.report to
            stampede.reports;
    exports io.stampede.internal.schedule to
            stampede.reports;
    exports io.stampede.internal.settings to
            stampede.junit.storage,
            stampede.reports;
    exports io.stampede.internal.verdict to
            stampede.reports;

    opens io.stampede.junit to
            org.junit.platform.commons; // makes the extension that the annotations name

    uses io.stampede.internal.settings.SettingCatalog;
    uses io.stampede.report.LoadReporter;

    provides io.stampede.internal.settings.SettingCatalog with
            io.stampede.internal.settings.LoadSettings;
    provides org.junit.jupiter.api.extension.Extension with
            io.stampede.internal.jupiter.FirstInLine;
    provides org.junit.platform.engine.TestEngine with
            io.stampede.internal.jupiter.NeverRunEngine;
    provides org.junit.platform.launcher.TestExecutionListener with
            io.stampede.internal.launch.LaunchListener;
}
