package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PromiseTests {

    private final Promise promise = new Promise();

    @Test
    void isEndedByTheStorageAlone() {
        List<Consumer<CompletableFuture<Void>>> attempts = List.of(
                future -> future.complete(null),
                future -> future.completeExceptionally(new IllegalStateException()),
                future -> future.cancel(true),
                future -> future.obtrudeValue(null),
                future -> future.obtrudeException(new IllegalStateException()),
                future -> future.completeAsync(() -> null),
                future -> future.completeAsync(() -> null, Runnable::run),
                future -> future.orTimeout(1, TimeUnit.NANOSECONDS),
                future -> future.completeOnTimeout(null, 1, TimeUnit.NANOSECONDS));

        for (Consumer<CompletableFuture<Void>> attempt : attempts) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> attempt.accept(promise))
                    .withMessageContaining("toCompletableFuture()");
        }
        assertThat(promise.isDone()).isFalse();
    }

    @Test
    void givesFuturesThatEndWithItAndChangeNothingWhenTheyEndFirst() {
        CompletableFuture<Void> cancelled = promise.toCompletableFuture();
        CompletableFuture<Void> followed = promise.toCompletableFuture();
        CompletableFuture<String> next = promise.thenApply(nothing -> "kept");

        cancelled.cancel(true);
        promise.keep();

        assertThat(followed).isCompleted();
        assertThat(next).isCompletedWithValue("kept");
        assertThatExceptionOfType(CancellationException.class).isThrownBy(cancelled::join);
    }

    @Test
    void tellsWhyItWasBroken() {
        CompletableFuture<Void> followed = promise.toCompletableFuture();

        promise.abandon(new IllegalStateException("gone"));

        assertThat(followed).isCompletedExceptionally();
        assertThat(promise.handle((nothing, why) -> why.getMessage())).isCompletedWithValue("gone");
    }
}
