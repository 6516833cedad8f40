package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReceiptsTests {

    private final Receipts receipts = new Receipts();

    @AfterEach
    void leaveNoThread() {
        receipts.close(Duration.ofSeconds(1));
    }

    @Test
    void closingWaitsForManyCallbacksThatGoOnEnding() {
        AtomicInteger called = new AtomicInteger();
        List<Ticket> tickets = tickets(200);
        tickets.forEach(ticket -> ticket.receipt().stored().thenRun(() -> {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // two seconds in all
            called.incrementAndGet();
        }));

        tickets.forEach(ticket -> receipts.stored(List.of(ticket)));
        receipts.close(Duration.ofMillis(500));

        assertThat(called).hasValue(200);
    }

    @Test
    void aCallbackThatHangsLeavesNoOtherReceiptWithoutAnEnd() {
        CountDownLatch never = new CountDownLatch(1);
        List<Ticket> tickets = tickets(10);
        tickets.get(0).receipt().stored().thenRun(() -> {
            while (never.getCount() > 0) {
                Thread.onSpinWait();
            }
        });

        tickets.forEach(ticket -> receipts.stored(List.of(ticket)));
        receipts.close(Duration.ofMillis(100));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tickets).allMatch(ticket -> ticket.stored.isDone()));
        never.countDown();
    }

    @Test
    void anIdThatIsQueuedOverAndOverIsAskedForByItsOldest() {
        UUID id = UUID.randomUUID();
        Ticket oldest = ticket(id);
        receipts.expect(List.of(oldest));
        receipts.stored(List.of(oldest));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Ticket next = ticket(id);
            receipts.expect(List.of(next));
            receipts.stored(List.of(next));
            return receipts.toAskFor().contains(id);
        });

        receipts.embedded(List.of(id));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(oldest.embedded).isCompleted());
        assertThat(receipts.waiting()).isZero();
    }

    @Test
    void manyOfOneIdAreBoundedAsManyOfManyAre() {
        UUID id = UUID.randomUUID();
        List<Ticket> tooMany = Stream.generate(() -> ticket(id))
                .limit(Receipts.MAX_WAITING + 1L)
                .toList();
        receipts.expect(tooMany.subList(0, Receipts.MAX_WAITING));

        receipts.expect(tooMany.subList(Receipts.MAX_WAITING, tooMany.size()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tooMany)
                        .filteredOn(ticket -> ticket.embedded.isCompletedExceptionally())
                        .hasSize(1));
        receipts.embedded(List.of(id));
        await().atMost(Duration.ofSeconds(30)).until(receipts::settled);
    }

    @Test
    void aReceiptThatWaitsForItsEmbeddingKeepsNoConversation() {
        Ticket ticket = tickets(1).get(0);
        receipts.expect(List.of(ticket));

        receipts.stored(List.of(ticket));

        assertThat(receipts.waiting()).isEqualTo(1);
        assertThat(ticket.conversation).isNull();
    }

    private static Ticket ticket(UUID id) {
        return new Ticket(id, Conversation.of("ann", Channel.WEB, "Text"));
    }

    private static List<Ticket> tickets(int count) {
        return Stream.generate(() -> ticket(UUID.randomUUID())).limit(count).toList();
    }
}
