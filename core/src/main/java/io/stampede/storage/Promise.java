package io.stampede.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A stage that its holder can follow and only the storage can end. A {@code minimalCompletionStage} of a future would be as
 * safe, and would cost two further objects for each of the two promises of each conversation.
 */
final class Promise extends CompletableFuture<Void> {

    /** What was promised has come about. */
    void keep() {
        super.complete(null);
    }

    /** It never will, and why. */
    void abandon(Throwable why) {
        super.completeExceptionally(why);
    }

    /** A future of the holder's own: what is done to it changes nothing here. */
    @Override
    public CompletableFuture<Void> toCompletableFuture() {
        return copy();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public boolean complete(Void value) {
        throw notYours();
    }

    @Override
    public boolean completeExceptionally(Throwable why) {
        throw notYours();
    }

    @Override
    public boolean cancel(boolean interrupt) {
        throw notYours();
    }

    @Override
    public void obtrudeValue(Void value) {
        throw notYours();
    }

    @Override
    public void obtrudeException(Throwable why) {
        throw notYours();
    }

    @Override
    public CompletableFuture<Void> completeAsync(Supplier<? extends Void> supplier, Executor executor) {
        throw notYours();
    }

    @Override
    public CompletableFuture<Void> completeAsync(Supplier<? extends Void> supplier) {
        throw notYours();
    }

    @Override
    public CompletableFuture<Void> orTimeout(long timeout, TimeUnit unit) {
        throw notYours();
    }

    @Override
    public CompletableFuture<Void> completeOnTimeout(Void value, long timeout, TimeUnit unit) {
        throw notYours();
    }

    private static UnsupportedOperationException notYours() {
        return new UnsupportedOperationException(
                "Only the storage ends a receipt's stage. Call toCompletableFuture() for a future of your own.");
    }
}
