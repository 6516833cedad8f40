package io.stampede.examples.storage;

import static io.stampede.storage.model.Channel.TELEGRAM;
import static io.stampede.storage.model.Channel.WEB;

import io.stampede.junit.BasicLoadTest;
import io.stampede.junit.EnduranceTest;
import io.stampede.junit.PerformanceTarget;
import io.stampede.junit.PerformanceTargets;
import io.stampede.junit.RampUpTest;
import io.stampede.junit.SpikeTest;
import io.stampede.junit.StressTest;
import io.stampede.junit.SustainedLoadTest;
import io.stampede.junit.storage.StorageOptimizerTest;
import io.stampede.operation.Iteration;
import io.stampede.storage.ConversationStorage;

/** The six scenarios: queueing a conversation must cost a caller almost nothing, whatever goes on behind. */
@StorageOptimizerTest
@PerformanceTargets("performance-targets.md")
class ConversationStorageLoadTest extends ConversationLoad {

    @BasicLoadTest(concurrent = 100)
    void basic(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-" + it.index(), TELEGRAM, it));
    }

    @SustainedLoadTest(total = 1000, every = "100ms")
    void sustained(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-" + it.index() % 50, WEB, it));
    }

    @SpikeTest(concurrent = 500)
    void spike(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-spike-" + it.index(), TELEGRAM, it));
    }

    @EnduranceTest(total = 10_000, every = "50ms")
    @PerformanceTarget(metric = "Success rate", target = "> 99.9%")
    void endurance(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-" + it.index() % 100, WEB, it));
    }

    @StressTest(from = 100, to = 2000, step = 100, settle = "5s")
    void stress(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-stress-" + it.index(), WEB, it));
    }

    @RampUpTest(to = 500, over = "60s", every = "5s")
    void rampUp(ConversationStorage storage, Iteration it) {
        storage.queue(conversation("user-ramp-" + it.index(), TELEGRAM, it));
    }
}
