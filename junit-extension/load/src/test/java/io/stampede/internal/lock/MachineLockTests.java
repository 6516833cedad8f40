package io.stampede.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.internal.lock.MachineLock.Held;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JVMs are told apart by their names, so that one test may play several of them. */
@Timeout(120)
class MachineLockTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final int port = freePort();
    private final MachineLock here = new MachineLock(port, "1@1");
    private final MachineLock there = new MachineLock(port, "2@2");
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @Test
    void isFreeIfNobodyHoldsIt() {
        try (Held held = acquire(here, LONG)) {
            assertThat(held.fact()).isEmpty();
            assertThat(held.token()).isNotEmpty();
        }
        try (Held held = acquire(there, LONG)) {
            assertThat(held.fact()).as("it was given back").isEmpty();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void waitsForAnotherJvmAndSaysForWhom() {
        CompletableFuture<Held> waiting;
        try (Held held = here.acquire("Shop.pay", LONG, "", said::add)) {
            assertThat(held.fact()).isEmpty();
            waiting = CompletableFuture.supplyAsync(() -> there.acquire("Bank.open", LONG, "", said::add));
            await().until(() -> !said.isEmpty());
            assertThat(waiting).isNotDone();
        }

        try (Held held = waiting.join()) {
            assertThat(held.fact()).isEmpty();
        }
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("Bank.open waits for another load test on this machine, at most 60 s"
                        + " (stampede.lock.wait): Shop.pay, process 1, since ");
    }

    @Test
    void waitsNoLongerThanItMay() {
        try (Held held = here.acquire("Shop.pay", LONG, "", said::add);
                Held other = acquire(there, Duration.ofMillis(50))) {
            assertThat(held.fact()).isEmpty();
            assertThat(other.fact().orElseThrow())
                    .startsWith(
                            "may have run at the same time: after 50 ms it waited no longer for Shop.pay, process 1, ")
                    .endsWith(" (stampede.lock.wait)");
            assertThat(other.token()).isEmpty();
        }
        try (Held held = acquire(there, LONG)) {
            assertThat(held.fact()).as("who had not got it could not keep it").isEmpty();
        }
    }

    @Test
    void isSharedByTheRunsOfAJvm() {
        Held outer = acquire(here, LONG);
        Held inner = acquire(here, Duration.ZERO);
        assertThat(inner.fact()).isEmpty();

        inner.close();
        inner.close();
        try (Held other = acquire(there, Duration.ZERO)) {
            assertThat(other.fact())
                    .as("the outer run goes on, and giving back twice is once")
                    .isPresent();
        }

        outer.close();
        try (Held other = acquire(there, LONG)) {
            assertThat(other.fact()).isEmpty();
        }
    }

    @Test
    void isSharedByClassLoadersOfAJvm() {
        MachineLock elsewhere = new MachineLock(port, "1@1");

        try (Held held = acquire(here, LONG);
                Held nested = acquire(elsewhere, Duration.ZERO)) {
            assertThat(held.fact()).isEmpty();
            assertThat(nested.fact()).isEmpty();
        }
    }

    @Test
    void isSharedWithJvmsThatTheRunHasStarted() {
        try (Held held = acquire(here, LONG);
                Held agent = there.acquire("agent", Duration.ZERO, held.token(), said::add);
                Held stranger = there.acquire("stranger", Duration.ZERO, "another", said::add)) {
            assertThat(agent.fact()).isEmpty();
            assertThat(stranger.fact()).isPresent();
        }
    }

    @Test
    void letsThoseGoFirstWhoWait() {
        Held first = acquire(here, LONG);
        CompletableFuture<Held> other = CompletableFuture.supplyAsync(() -> {
            Held held = acquire(there, LONG);
            held.close();
            return held;
        });
        await().until(() -> !said.isEmpty()); // it has asked
        first.close();

        try (Held next = acquire(here, LONG)) {
            assertThat(next.fact()).isEmpty();
            assertThat(other).as("whoever waited was in between").isCompleted();
        }
    }

    @Test
    void endsWithItsProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HolderMain.class.getName(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("held");
            try (Held held = acquire(here, Duration.ZERO)) {
                assertThat(held.fact().orElseThrow()).contains("Other.test, process " + process.pid() + ", since ");
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        try (Held held = acquire(here, LONG)) {
            assertThat(held.fact()).isEmpty();
        }
    }

    /** Another JVM that is killed while it runs a load test. */
    static final class HolderMain {

        public static void main(String[] arguments) throws InterruptedException {
            MachineLock.at(Integer.parseInt(arguments[0])).acquire("Other.test", LONG, "", line -> {});
            System.out.println("held");
            Thread.sleep(LONG.toMillis());
        }
    }

    @Test
    void doesNotTakeAnotherProgramForALoadTest() throws IOException {
        try (ServerSocket program = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> talks = CompletableFuture.runAsync(() -> {
                try (Socket socket = program.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            try (Held held = acquire(here, Duration.ofMillis(50))) {
                assertThat(held.fact().orElseThrow()).contains("waited no longer for the one that holds the lock");
            }
            talks.join();
        }
    }

    @Test
    void givesUpIfItsThreadIsInterrupted() {
        try (Held held = acquire(here, LONG)) {
            assertThat(held.fact()).isEmpty();
            Thread.currentThread().interrupt();
            try (Held other = acquire(there, LONG)) {
                assertThat(other.fact().orElseThrow()).contains("interrupted");
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void readsWhatItWritesAndNothingElse() {
        Holder holder = new Holder("12@34", "token", Instant.ofEpochMilli(56), "Shop\u001b[31m.\tpay\n");

        assertThat(Holder.parse(holder.line()))
                .contains(new Holder("12@34", "token", Instant.ofEpochMilli(56), "Shop?[31m. pay"));
        for (String odd : List.of(
                "",
                "\n",
                "HTTP/1.1 400",
                "stampede-lock 1\t12@34\ttoken\t56",
                "stampede-lock 2\t12@34\ttoken\t56\tShop",
                "stampede-lock 1\t\ttoken\t56\tShop",
                "stampede-lock 1\t12@34\ttoken\tnow\tShop")) {
            assertThat(Holder.parse(odd)).as(odd).isEmpty();
        }
        assertThat(Holder.parse(holder.line().replace("Shop", "x".repeat(900))))
                .get()
                .extracting(one -> one.test().length())
                .isEqualTo(201);
    }

    private Held acquire(MachineLock lock, Duration wait) {
        return lock.acquire("test", wait, "", said::add);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
