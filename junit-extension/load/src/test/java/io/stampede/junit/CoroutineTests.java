package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.LoadTest;
import io.stampede.operation.Iteration;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.junit.jupiter.api.Test;

/** What the compiler of Kotlin makes of suspending functions, as operations. {@code examples/stacks/kotlin} has real ones. */
@SuppressWarnings({"FutureReturnValueIgnored", "DoNotCallSuggester"})
class CoroutineTests {

    /** Not the common pool, which may have a single thread: the run would keep it from resuming its own operations. */
    private static final Executor THREADS = task -> new Thread(task, "resumes").start();

    private final Shop shop = new Shop();

    @Test
    void endsWhenTheFunctionEnds() throws Exception {
        CompletableFuture<LoadResult> run =
                CompletableFuture.supplyAsync(() -> run("buys", List.of("teapot", new Placeholder())), THREADS);

        shop.open.complete(null);

        LoadResult result = run.get(1, TimeUnit.MINUTES);
        assertThat(result.succeeded()).isEqualTo(6);
        assertThat(result.failed()).isZero();
        assertThat(shop.context).isEqualTo(EmptyCoroutineContext.INSTANCE);
    }

    @Test
    void failsWithWhatTheFunctionThrewLater() {
        shop.open.complete(null);

        LoadResult result = run("isSoldOut", List.of());

        assertThat(result.failed()).isEqualTo(6);
        assertThat(result.failures()).singleElement().asString().contains("sold out");
    }

    @Test
    void endsAtOnceIfNothingSuspends() {
        assertThat(run("looks", List.of()).succeeded()).isEqualTo(6);
    }

    @Test
    void throwsWhatIsThrownBeforeItSuspends() {
        assertThatThrownBy(() -> operation("isClosed", List.of()).run(new Placeholder()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("closed");
    }

    private LoadResult run(String method, List<Object> resolved) {
        return LoadTest.named("coroutines")
                .workload(Workload.burst(6))
                .setting("stampede.validity", "off")
                .setting("stampede.history", "off")
                .setting("stampede.progress", "off")
                .run(operation(method, resolved))
                .result();
    }

    private MethodOperation operation(String name, List<Object> resolved) {
        Method method = Arrays.stream(Shop.class.getDeclaredMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            return new MethodOperation(method, shop, resolved, List.of());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class Shop {
        final CompletableFuture<Void> open = new CompletableFuture<>();

        volatile Object context = "";

        Object buys(String what, Iteration it, Continuation<? super Unit> then) {
            context = then.getContext();
            assertThat(what).isEqualTo("teapot");
            assertThat(it.index()).isBetween(0L, 5L);
            open.thenRunAsync(() -> then.resumeWith(Unit.INSTANCE), THREADS);
            return IntrinsicsKt.getCOROUTINE_SUSPENDED();
        }

        Object isSoldOut(Continuation<? super Unit> then) {
            open.thenRunAsync(
                    () -> then.resumeWith(ResultKt.createFailure(new IllegalStateException("sold out"))), THREADS);
            return IntrinsicsKt.getCOROUTINE_SUSPENDED();
        }

        Object looks(Continuation<? super Unit> then) {
            return Unit.INSTANCE;
        }

        Object isClosed(Continuation<? super Unit> then) {
            throw new IllegalStateException("closed");
        }
    }
}
