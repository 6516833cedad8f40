package io.stampede.storage;

import io.stampede.internal.storage.postgres.AcceptedConversation;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Receipt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An accepted conversation on its way, with the promises made to its caller. */
final class Ticket {

    final UUID id;

    /** Null once it is stored. */
    volatile @Nullable Conversation conversation;

    final Instant acceptedAt = Instant.now();
    final long acceptedNanos = System.nanoTime();
    final Promise stored = new Promise();
    final Promise embedded = new Promise();

    /** Another that was queued with the same id and waits as this one does; for {@link Receipts} alone. */
    volatile @Nullable Ticket sameId;

    Ticket(UUID id, Conversation conversation) {
        this.id = id;
        this.conversation = conversation;
    }

    /** What the caller gets: stages that only the storage can complete. */
    Receipt receipt() {
        return new Receipt(id, stored, embedded);
    }

    /** Whether it is known to be in Postgres. */
    boolean isStored() {
        return conversation == null;
    }

    AcceptedConversation row() {
        return new AcceptedConversation(id, notStored(), acceptedAt);
    }

    /** The conversation of one that is not stored. */
    Conversation notStored() {
        Conversation here = conversation;
        if (here == null) {
            throw new IllegalStateException("Conversation " + id + " is stored already");
        }
        return here;
    }
}
