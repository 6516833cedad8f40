package io.stampede.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.WithSettings;
import io.stampede.internal.lock.MachineLock;
import io.stampede.internal.settings.Settings;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockSettingsTests {

    @Test
    void waitForTenMinutesUnlessSet() {
        assertThat(of(Map.of())).isEqualTo(new LockSettings(MachineLock.Mode.WAIT, Duration.ofMinutes(10), 21_478, ""));
        assertThat(of(Map.of(
                        "STAMPEDE_LOCK", "off",
                        "STAMPEDE_LOCK_WAIT", "3s",
                        "STAMPEDE_LOCK_PORT", "2000",
                        "STAMPEDE_LOCK_TOKEN", "abc")))
                .isEqualTo(new LockSettings(MachineLock.Mode.OFF, Duration.ofSeconds(3), 2000, "abc"));
    }

    @Test
    void refuseWhatCannotBe() {
        assertThatThrownBy(() -> of(Map.of("STAMPEDE_LOCK", "maybe")))
                .hasMessage("stampede.lock = maybe (environment variable STAMPEDE_LOCK), but it must be wait or off.");
        assertThatThrownBy(() -> of(Map.of("STAMPEDE_LOCK_PORT", "80")))
                .hasMessage(
                        "stampede.lock.port = 80 (environment variable STAMPEDE_LOCK_PORT), but it must be 1,024 to 65,535.");
    }

    @Test
    void areAFactOfTheRunIfItMayNotHaveBeenAlone() throws IOException {
        try (ServerSocket program = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(program.getLocalPort());

            LoadResult beside =
                    run(Map.of("STAMPEDE_LOCK", "wait", "STAMPEDE_LOCK_PORT", port, "STAMPEDE_LOCK_WAIT", "0ms"));

            assertThat(beside.facts().get("other load tests")).startsWith("may have run at the same time: after 0 ");
            assertThat(beside.succeeded()).isEqualTo(5);
        }
        assertThat(run(Map.of("STAMPEDE_LOCK", "off")).facts())
                .containsEntry("other load tests", "may have run at the same time: stampede.lock = off");
    }

    @Test
    void areHeldWhileTheRunGoesOnAndNoLonger() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<String, String> environment = Map.of("STAMPEDE_LOCK", "wait", "STAMPEDE_LOCK_PORT", Integer.toString(port));

        LoadResult alone = WithSettings.named("alone", quiet(environment))
                .workload(Workload.burst(1))
                .run(it -> assertThat(isFree(port)).isFalse())
                .result();

        assertThat(alone.succeeded()).isEqualTo(1);
        assertThat(alone.facts()).isEmpty();
        assertThat(isFree(port)).isTrue();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static LoadResult run(Map<String, String> environment) {
        return WithSettings.named("locked", quiet(environment))
                .workload(Workload.burst(5))
                .run(it -> {})
                .result();
    }

    private static Map<String, String> quiet(Map<String, String> environment) {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("STAMPEDE_PROGRESS", "off");
        all.put("STAMPEDE_VALIDITY", "off");
        all.put("STAMPEDE_HISTORY", "off");
        return all;
    }

    private static LockSettings of(Map<String, String> environment) {
        return LockSettings.of(new Settings(environment, key -> null, key -> Optional.empty()));
    }
}
