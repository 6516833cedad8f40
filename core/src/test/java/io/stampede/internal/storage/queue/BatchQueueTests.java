package io.stampede.internal.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stampede.internal.storage.queue.BatchQueue.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTests {

    @Test
    void handsOutAFullBatchWithoutWaiting() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(100, fixed(3, Duration.ofMinutes(10)));
        for (int i = 0; i < 4; i++) {
            queue.offer(i);
        }

        assertThat(queue.take()).containsExactly(0, 1, 2);

        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.inFlight()).isEqualTo(3);
        queue.settle(3);
        assertThat(queue.inFlight()).isZero();
    }

    @Test
    void handsOutWhatHasWaitedLongEnough() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(100, fixed(50, Duration.ofMillis(20)));
        queue.offer(1);
        long begin = System.nanoTime();

        assertThat(queue.take()).containsExactly(1);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void wakesATakerThatWaitsOnAnEmptyQueue() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(100, fixed(50, Duration.ZERO));
        CompletableFuture<List<Integer>> taken = CompletableFuture.supplyAsync(() -> takeFrom(queue));

        queue.offer(1);

        assertThat(taken.get(30, TimeUnit.SECONDS)).containsExactly(1);
    }

    @Test
    void refusesWhatGoesBeyondItsCapacity() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(2, fixed(10, Duration.ZERO));

        assertThat(queue.offer(1)).isEqualTo(Offer.ACCEPTED);
        assertThat(queue.offer(2)).isEqualTo(Offer.ACCEPTED);
        assertThat(queue.offer(3)).isEqualTo(Offer.FULL);
        assertThat(queue.take()).containsExactly(1, 2);
        assertThat(queue.offer(4)).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void takesNothingInAfterClosingAndHandsOutTheRest() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(10, fixed(10, Duration.ofMinutes(10)));
        queue.offer(1);

        queue.close();

        assertThat(queue.offer(2)).isEqualTo(Offer.CLOSED);
        assertThat(queue.take()).containsExactly(1);
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void drainsWhatNobodyTook() {
        BatchQueue<Integer> queue = new BatchQueue<>(10, fixed(10, Duration.ZERO));
        queue.offer(1);
        queue.offer(2);
        queue.close();

        assertThat(queue.drain()).containsExactly(1, 2);
        assertThat(queue.size()).isZero();
    }

    @Test
    void losesAndDoublesNothingUnderContention() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(500, fixed(64, Duration.ofMillis(1)));
        List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
        List<Thread> takers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            takers.add(started(() -> {
                for (List<Integer> batch = takeFrom(queue); !batch.isEmpty(); batch = takeFrom(queue)) {
                    taken.addAll(batch);
                    queue.settle(batch.size());
                }
            }));
        }
        AtomicInteger next = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(started(() -> {
                for (int n = next.getAndIncrement(); n < 20_000; n = next.getAndIncrement()) {
                    while (queue.offer(n) == Offer.FULL) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }

        for (Thread caller : callers) {
            caller.join();
        }
        queue.close();
        for (Thread taker : takers) {
            taker.join();
        }

        assertThat(taken).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(queue.size() + queue.inFlight()).isZero();
    }

    @Test
    void takesASingleItemAtOnceHoweverLongBatchesMayFill() throws Exception {
        BatchQueue<Integer> queue = new BatchQueue<>(100, new BatchPace(10, 50, Duration.ZERO, Duration.ofMinutes(10)));
        queue.offer(1);

        assertThat(queue.take()).containsExactly(1);
    }

    @Test
    void takesLargerBatchesAsItsBacklogGrows() throws Exception {
        BatchPace pace = new BatchPace(10, 400, Duration.ZERO, Duration.ofMillis(1));
        BatchQueue<Integer> queue = new BatchQueue<>(1000, pace);
        for (int i = 0; i < 510; i++) {
            queue.offer(i);
        }

        assertThat(queue.take()).hasSize(10);
        assertThat(queue.take()).hasSize(400);
        assertThat(queue.take()).hasSize(100);
        assertThat(pace.size()).isEqualTo(200);
    }

    @Test
    void refusesBoundsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchQueue<Integer>(0, fixed(1, Duration.ZERO)))
                .withMessage("capacity must be >= 1, but was 0");
    }

    private static BatchPace fixed(int size, Duration delay) {
        return new BatchPace(size, size, delay, delay);
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task, "test");
        thread.start();
        return thread;
    }

    private static List<Integer> takeFrom(BatchQueue<Integer> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
