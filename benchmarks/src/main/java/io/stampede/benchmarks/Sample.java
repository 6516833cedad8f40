package io.stampede.benchmarks;

import io.stampede.internal.storage.postgres.AcceptedConversation;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Conversations as the load tests in examples queue them: some 250 bytes each. */
final class Sample {

    private static final int USERS = 100;

    private Sample() {}

    /** Its summary, which is what gets embedded, is one of its own. */
    static Conversation conversation(long index) {
        return conversation(index, "Asks where order " + index + " is.");
    }

    static Conversation conversation(long index, String summary) {
        return Conversation.builder()
                .userId("user-" + index % USERS)
                .channel(Channel.WEB)
                .transcript("Hello, I ordered a teapot on day " + index % 365 + " and order " + index
                        + " has not arrived. Where is it?")
                .summary(summary)
                .metadata("{\"operation\": " + index + "}")
                .build();
    }

    /** Rows with new ids that rise, as the storage's do. */
    static List<AcceptedConversation> rows(int count) {
        List<AcceptedConversation> rows = new ArrayList<>(count);
        long firstMillis = System.currentTimeMillis();
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < count; i++) {
            long high = ((firstMillis + i / 1000) << 16) | 0x7000L | random.nextInt(0x1000);
            UUID id = new UUID(high, (random.nextLong() >>> 2) | 0x8000000000000000L);
            rows.add(new AcceptedConversation(id, conversation(i), Instant.now()));
        }
        return rows;
    }
}
