package io.stampede.storage;

import io.stampede.internal.storage.DaemonThreads;
import io.stampede.internal.storage.postgres.EmbeddingJobs;
import io.stampede.storage.model.NotEmbeddedException;
import io.stampede.storage.model.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the promises: completes each ticket when its time has come, on a thread of its own, since what callers attach to
 * their receipts may take long. Thread-safe.
 */
final class Receipts {

    // What a process holds in memory for an Ollama that is away for hours. Conversations themselves wait in Postgres.
    static final int MAX_WAITING = 200_000;

    private static final int ASKED_AT_ONCE = 1000;
    private static final long MAX_CLOSING_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long OWN_TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    // Tickets of the same id hang together. Not grown in small steps, since that costs writers more than all the rest.
    private static final int ROOM = 1 << 14;

    private final Map<UUID, Ticket> waiting = new ConcurrentHashMap<>(ROOM);
    private final AtomicInteger waitingTickets = new AtomicInteger(); // of one id there may be many
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicInteger undelivered = new AtomicInteger();
    // One thread, so a receipt is stored before it is embedded. A daemon: a callback that hangs must not keep the JVM.
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("stampede-receipts"));

    private Iterator<Ticket> asking = waiting.values().iterator();

    /** Says that these are about to be stored: from the commit on, an embedding may come at any moment. */
    void expect(List<Ticket> tickets) {
        int room = MAX_WAITING - waitingTickets.get();
        for (Ticket ticket : tickets) {
            if (room-- > 0) {
                expect(ticket);
            } else {
                deliver(
                        List.of(ticket),
                        full -> full.embedded.abandon(new NotEmbeddedException(
                                MAX_WAITING + " receipts wait for embeddings already, so that of " + ticket.id
                                        + " is not waited for. It is made all the same: ask find for its state.",
                                null)));
            }
        }
    }

    /** Says that these are committed. */
    void stored(List<Ticket> tickets) {
        for (Ticket ticket : tickets) {
            ticket.conversation = null; // it is in Postgres: an Ollama that is away for hours must not fill the heap
        }
        deliver(tickets, ticket -> ticket.stored.keep());
    }

    /** Says that these will not be stored. */
    void notStored(List<Ticket> tickets, StorageException why) {
        for (Ticket ticket : tickets) {
            waiting.computeIfPresent(ticket.id, (id, first) -> without(first, ticket));
        }
        deliver(tickets, ticket -> {
            ticket.stored.abandon(why);
            ticket.embedded.abandon(why);
        });
    }

    /** Says that the embeddings of these are committed. */
    void embedded(Collection<UUID> ids) {
        deliverRemoved(ids, ticket -> {
            // An embedding can be committed before the writer has come round to saying that the conversation is.
            ticket.stored.keep();
            ticket.embedded.keep();
        });
    }

    /** Says that there will be no embedding. */
    void notEmbedded(UUID id, String why) {
        deliverRemoved(
                List.of(id),
                ticket -> ticket.embedded.abandon(new NotEmbeddedException(
                        "Conversation " + id + " is stored and has no embedding: " + why, null)));
    }

    /** Some of those that have waited for a while, to be looked up: another process may have embedded them. */
    List<UUID> toAskFor() {
        List<UUID> ids = new ArrayList<>();
        if (!asking.hasNext()) {
            asking = waiting.values().iterator();
        }
        while (asking.hasNext() && ids.size() < ASKED_AT_ONCE) {
            Ticket first = asking.next();
            if (isStored(first) && System.nanoTime() - first.acceptedNanos > OWN_TURN_NANOS) {
                ids.add(first.id);
            }
        }
        return ids;
    }

    /** Takes what Postgres says of some of those that wait. */
    void found(List<EmbeddingJobs.Status> statuses) {
        for (EmbeddingJobs.Status status : statuses) {
            switch (status.state()) {
                case DONE -> embedded(List.of(status.conversationId()));
                case PARKED -> notEmbedded(status.conversationId(), String.valueOf(status.error()));
                case GONE -> notEmbedded(status.conversationId(), "it has been deleted");
                case WAITING -> {}
            }
        }
    }

    /** How many receipts wait for their embedding. */
    int waiting() {
        return waiting.size();
    }

    /** Whether every promise made so far has been kept or broken. */
    boolean settled() {
        return waiting.isEmpty() && undelivered.get() == 0;
    }

    /**
     * Breaks the promises that are left, and ends the thread. Callbacks are waited for while one ends within every
     * such time; where one hangs, the other deliveries go on without it.
     */
    void close(Duration grace) {
        for (UUID id : List.copyOf(waiting.keySet())) {
            notEmbedded(id, "the storage was closed first. The next one to open makes it.");
        }
        thread.shutdown();
        try {
            long deadline = System.nanoTime() + MAX_CLOSING_NANOS;
            long seen;
            do {
                seen = delivered.get();
                if (thread.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            } while (delivered.get() != seen && System.nanoTime() - deadline < 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Dropping them would leave receipts that never end.
        List<Runnable> rest = thread.shutdownNow();
        DaemonThreads.unstarted("stampede-receipts-rest", () -> rest.forEach(Runnable::run))
                .start();
    }

    private List<Ticket> remove(Collection<UUID> ids) {
        List<Ticket> tickets = new ArrayList<>(ids.size());
        for (UUID id : ids) {
            for (Ticket one = waiting.remove(id); one != null; one = one.sameId) {
                tickets.add(one);
            }
        }
        waitingTickets.addAndGet(-tickets.size());
        return tickets;
    }

    private void deliverRemoved(Collection<UUID> ids, Consumer<Ticket> completion) {
        undelivered.incrementAndGet(); // or all would seem settled between the two
        try {
            deliver(remove(ids), completion);
        } finally {
            undelivered.decrementAndGet();
        }
    }

    private void deliver(List<Ticket> tickets, Consumer<Ticket> completion) {
        if (tickets.isEmpty()) {
            return;
        }
        undelivered.incrementAndGet();
        Runnable delivery = () -> {
            try {
                for (Ticket ticket : tickets) {
                    completion.accept(ticket);
                    delivered.incrementAndGet();
                }
            } finally {
                undelivered.decrementAndGet();
            }
        };
        try {
            thread.execute(delivery);
        } catch (RejectedExecutionException e) {
            delivery.run(); // closed already: a late promise is kept on whatever thread there is
        }
    }

    private void expect(Ticket ticket) {
        waitingTickets.incrementAndGet();
        if (waiting.putIfAbsent(ticket.id, ticket) != null) {
            waiting.compute(ticket.id, (id, first) -> behind(first, ticket));
        }
    }

    // The oldest stays first: it is by its age that an id is asked for.
    private static Ticket behind(@Nullable Ticket first, Ticket ticket) {
        if (first == null) {
            return ticket;
        }
        ticket.sameId = first.sameId;
        first.sameId = ticket;
        return first;
    }

    private static boolean isStored(@Nullable Ticket first) {
        for (Ticket one = first; one != null; one = one.sameId) {
            if (one.isStored()) {
                return true;
            }
        }
        return false;
    }

    /** Those that hang together, without this one; null where there is no other. */
    private @Nullable Ticket without(Ticket first, Ticket gone) {
        if (first == gone) {
            waitingTickets.decrementAndGet();
            return first.sameId;
        }
        for (Ticket one = first; one != null; one = one.sameId) {
            if (one.sameId == gone) {
                one.sameId = gone.sameId;
                waitingTickets.decrementAndGet();
            }
        }
        return first;
    }
}
