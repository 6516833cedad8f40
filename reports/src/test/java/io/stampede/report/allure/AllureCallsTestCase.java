package io.stampede.report.allure;

import io.qameta.allure.Allure;
import io.stampede.junit.BasicLoadTest;
import io.stampede.operation.Iteration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Calls Allure in operations, and in tests beside them. */
@TestMethodOrder(OrderAnnotation.class)
public class AllureCallsTestCase {

    @Test
    @Order(1)
    void before() {
        speak("in a plain test");
    }

    @BasicLoadTest(concurrent = 5)
    @Order(2)
    void load(Iteration it) {
        speak("in an operation");
        it.completesWith(CompletableFuture.runAsync(() -> speak("on another thread")));
    }

    @Test
    @Order(3)
    void after() {
        speak("in a later test");
    }

    private static void speak(String where) {
        Allure.step("step " + where, () -> {});
        Allure.step("nested " + where, step -> {
            step.parameter("where", where);
        });
        Allure.addAttachment("attached " + where, "text/plain", "text " + where);
        Allure.label("spoke", where);
    }
}
