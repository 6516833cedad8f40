package io.stampede.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes all that a publisher has, drops it, and is complete when the publisher is. Cancelled, it cancels there. */
final class Drain extends CompletableFuture<@Nullable Void> implements Flow.Subscriber<Object> {

    private volatile Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription != null) {
            given.cancel(); // rule 2.5 of Reactive Streams: a subscriber has one subscription
            return;
        }
        subscription = given;
        if (isDone()) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(Object item) {}

    @Override
    public void onError(Throwable failure) {
        completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        complete(null);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Flow.Subscription given = subscription;
        if (given != null) {
            try {
                given.cancel();
            } catch (RuntimeException | Error e) {
                // Rule 3.15 of Reactive Streams forbids it; the operation has its end already.
            }
        }
        return cancelled;
    }
}
