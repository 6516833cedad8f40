package io.stampede.junit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class TimeLimitTests {
    @Test
    void saysWhatIsWaitedForBeforeItGivesUp() {
        StringBuilder out = new StringBuilder();
        TimeLimit limit = TimeLimit.of("Docker to create a container", Duration.ofMillis(20));

        Throwable thrown = Output.captured(out, () -> catchThrowable(() -> limit.call(TimeLimitTests::sleep)));

        assertThat(thrown)
                .isInstanceOf(TimeoutException.class)
                .hasMessage("waited 20 ms in vain for Docker to create a container");
        assertThat(out.toString().lines())
                .containsExactly("Stampede waits for Docker to create a container, for at most 20 ms.");
    }

    @Test
    void saysNothingOfWhatIsThereAtOnce() throws Exception {
        StringBuilder out = new StringBuilder();
        TimeLimit limit = TimeLimit.of("nothing", Duration.ofMinutes(2));

        Object value = Output.captured(out, () -> uncheckedCall(limit));

        assertThat(value).isEqualTo("done");
        assertThat(out).isEmpty();
    }

    @Test
    void anErrorOfTheCallComesWrapped() {
        assertThatThrownBy(() -> TimeLimit.of("Docker", Duration.ofSeconds(30)).call(() -> {
                    throw new NoClassDefFoundError("of Docker");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    private static Object uncheckedCall(TimeLimit limit) {
        try {
            return limit.call(() -> "done");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean sleep() throws InterruptedException {
        Thread.sleep(60_000); // ends when it is interrupted
        return true;
    }
}
