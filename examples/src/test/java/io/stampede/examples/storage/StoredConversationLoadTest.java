package io.stampede.examples.storage;

import static io.stampede.storage.model.Channel.TELEGRAM;
import static io.stampede.storage.model.Channel.WEB;

import io.stampede.junit.PerformanceTargets;
import io.stampede.junit.SpikeTest;
import io.stampede.junit.SustainedLoadTest;
import io.stampede.junit.storage.StorageOptimizerTest;
import io.stampede.operation.Iteration;
import io.stampede.storage.ConversationStorage;

/** The operation ends when Postgres has the conversation: a time of the whole write path, with targets of its own. */
@StorageOptimizerTest
@PerformanceTargets("stored-targets.md")
class StoredConversationLoadTest extends ConversationLoad {

    @SustainedLoadTest(total = 1000, every = "100ms")
    void sustainedStored(ConversationStorage storage, Iteration it) {
        it.completesWith(
                storage.queue(conversation("user-" + it.index() % 50, WEB, it)).stored());
    }

    @SpikeTest(concurrent = 500)
    void spikeStored(ConversationStorage storage, Iteration it) {
        it.completesWith(storage.queue(conversation("user-spike-" + it.index(), TELEGRAM, it))
                .stored());
    }
}
