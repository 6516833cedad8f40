package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.stampede.operation.Operation;
import io.stampede.operation.OperationTimeoutException;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(60)
class PublisherTests {

    @Test
    void endsAnOperationWhenItsPublisherCompletes() {
        Operation operation = it -> {
            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
            it.completesWith(publisher);
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> {
                for (int item = 0; item < 1000; item++) {
                    publisher.submit(item); // would block where nobody asked for that many
                }
                publisher.close();
            });
        };

        LoadResult result = Runs.run(operation, Workload.burst(20));

        assertThat(result.succeeded()).isEqualTo(20);
        assertThat(result.serviceTime().min()).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    }

    @Test
    void countsThePublishersErrorAsTheOperationsFailure() {
        Operation operation = it -> {
            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
            it.completesWith(publisher);
            publisher.closeExceptionally(new IllegalStateException("order " + it.index() + " is gone"));
        };

        LoadResult result = Runs.run(operation, Workload.burst(20));

        assertThat(result.failures()).singleElement().satisfies(group -> {
            assertThat(group.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(group.count()).isEqualTo(20);
        });
    }

    @Test
    void cancelsASubscriptionThatTookTooLong() {
        AtomicInteger cancelled = new AtomicInteger();
        Operation operation = it ->
                it.completesWith((Flow.Publisher<Object>) subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {
                        cancelled.incrementAndGet();
                    }
                }));

        LoadResult result = Runs.run(Duration.ofMillis(200), operation, Workload.burst(3));

        assertThat(result.failures())
                .singleElement()
                .satisfies(group -> assertThat(group.type()).isEqualTo(OperationTimeoutException.class.getName()));
        await().untilAsserted(() -> assertThat(cancelled).hasValue(3));
    }

    @Test
    void countsAPublisherThatCannotBeSubscribedToAsFailure() {
        Operation operation = it -> it.completesWith((Flow.Publisher<Object>) subscriber -> {
            throw new IllegalStateException("closed");
        });

        LoadResult result = Runs.run(operation, Workload.burst(5));

        assertThat(result.failed()).isEqualTo(5);
    }

    @Test
    void refusesAPublisherBesideAStage() {
        Operation operation = it -> {
            it.completesWith(CompletableFuture.completedFuture(1));
            it.completesWith(new SubmissionPublisher<>());
        };

        LoadResult result = Runs.run(operation, Workload.burst(1));

        assertThat(result.failures())
                .singleElement()
                .satisfies(
                        group -> assertThat(group.shape()).isEqualTo("completesWith was called twice in operation 0"));
    }

    @Test
    void endsAUsersOperationToo() {
        Operation operation = it -> {
            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
            it.completesWith(publisher);
            publisher.close();
        };

        LoadResult result = Runs.run(operation, Workload.users(2, Duration.ofMillis(100)));

        assertThat(result.failed()).isZero();
        assertThat(result.succeeded()).isPositive();
    }

    @Test
    void endsWithReactorsAndMutinysTypes() {
        Operation operation = it -> {
            Duration delay = Duration.ofMillis(50);
            switch ((int) (it.index() % 4)) {
                case 0 -> it.completesWith(JdkFlowAdapter.publisherToFlowPublisher(Mono.delay(delay)));
                case 1 ->
                    it.completesWith(JdkFlowAdapter.publisherToFlowPublisher(
                            Flux.range(0, 10).delaySubscription(delay)));
                case 2 ->
                    it.completesWith(Multi.createFrom()
                            .items(1, 2, 3)
                            .onItem()
                            .call(item -> Uni.createFrom()
                                    .nullItem()
                                    .onItem()
                                    .delayIt()
                                    .by(delay)));
                default ->
                    it.completesWith(Uni.createFrom()
                            .item(1)
                            .onItem()
                            .delayIt()
                            .by(delay)
                            .subscribeAsCompletionStage());
            }
        };

        LoadResult result = Runs.run(operation, Workload.burst(20));

        assertThat(result.failures()).isEmpty();
        assertThat(result.succeeded()).isEqualTo(20);
        assertThat(result.serviceTime().min()).isGreaterThanOrEqualTo(Duration.ofMillis(45));
    }

    @Test
    void countsTheErrorOfAMono() {
        LoadResult result = Runs.run(
                it -> it.completesWith(
                        JdkFlowAdapter.publisherToFlowPublisher(Mono.error(new IllegalStateException("sold out")))),
                Workload.burst(3));

        assertThat(result.failures())
                .singleElement()
                .satisfies(group -> assertThat(group.shape()).isEqualTo("sold out"));
    }
}
