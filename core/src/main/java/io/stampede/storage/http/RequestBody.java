package io.stampede.storage.http;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Collects a body as it comes, without holding a thread meanwhile, within limits on its size and its time. For one request. */
final class RequestBody implements Invocable.Task {

    private final Exchange exchange;
    private final Request request;
    private final int maxBytes;
    private final long limitMillis;
    private final Consumer<byte[]> whole;
    private byte[] bytes;
    private int length;
    private Scheduler.@Nullable Task timeout;

    RequestBody(Exchange exchange, int maxBytes, long limitMillis, Consumer<byte[]> whole) {
        this.exchange = exchange;
        this.request = exchange.request();
        this.maxBytes = maxBytes;
        this.limitMillis = limitMillis;
        this.whole = whole;
        this.bytes = new byte[(int) Math.min(Math.max(request.getLength(), 0), 16 << 10)];
    }

    /** Reads what there is; hands the body on where that was all, and comes back for more where not. */
    @Override
    public void run() {
        try {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    startTimer();
                    request.demand(this);
                    return;
                }
                if (take(chunk)) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            stopTimer();
            exchange.fail(e);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Whether this was the last that has to be looked at. */
    private boolean take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            stopTimer();
            broken(chunk.getFailure());
            return true;
        }
        try {
            int more = chunk.remaining();
            if (more > maxBytes - length) {
                throw new RefusedException(tooLarge(maxBytes));
            }
            if (more > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(length + more, bytes.length * 2)));
            }
            chunk.get(bytes, length, more);
            length += more;
        } finally {
            chunk.release();
        }
        if (!chunk.isLast()) {
            return false;
        }
        if (isInTime()) { // or it has answered already that nothing was taken in
            whole.accept(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        }
        return true;
    }

    private void broken(Throwable failure) {
        if (failure instanceof HttpException http && http.getCode() < 500) {
            exchange.refuse(
                    Problem.of(400, "The body does not have the form that its headers announce."), Exchange.closing());
        } else {
            exchange.abandon(failure);
        }
    }

    private void startTimer() {
        if (timeout == null) {
            timeout = request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> exchange.refuse(
                                    Problem.of(408, "The body did not come within " + limitMillis + " ms.")),
                            limitMillis,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Whether it had not run out yet. */
    private boolean isInTime() {
        return timeout == null || timeout.cancel();
    }

    private void stopTimer() {
        boolean unused = isInTime();
    }

    static Problem tooLarge(int maxBytes) {
        return Problem.of(413, "The body may have at most " + maxBytes + " bytes.");
    }
}
