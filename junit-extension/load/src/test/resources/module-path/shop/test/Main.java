package shop.test;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectModule;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of this module. */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectModule("shop.test"))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                System.out.println(test.getDisplayName().replaceAll("\\(.*", "") + " ended: " + result.getStatus()
                                        + result.getThrowable().map(thrown -> ", " + thrown).orElse(""));
                            }
                        });
    }
}
