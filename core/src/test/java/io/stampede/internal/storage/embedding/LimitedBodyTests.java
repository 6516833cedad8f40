package io.stampede.internal.storage.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitedBodyTests {

    private final AtomicInteger cancelled = new AtomicInteger();
    private final LimitedBody body = new LimitedBody(10);
    private final CompletableFuture<String> text = body.getBody().toCompletableFuture();

    @Test
    void isTheTextWhereItIsWithinTheLimit() {
        begin();

        body.onNext(List.of(bytes("grün"), bytes("12")));
        body.onNext(List.of(bytes("345")));
        body.onComplete();

        assertThat(text).isCompletedWithValue("grün12345");
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void failsAndHangsUpOnceItIsLonger() {
        begin();

        body.onNext(List.of(bytes("12345"), bytes("12345")));
        body.onNext(List.of(bytes("1")));

        assertThat(cancelled).hasValue(1);
        assertThat(text)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class)
                .withMessageContaining("longer than 10 bytes");
    }

    private void begin() {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }
        });
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
