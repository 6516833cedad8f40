package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadsTests {

    @Test
    void areVirtualByThemselvesOnlyWhereManyOperationsAreDueAtOnce() {
        boolean suitable = Runtime.version().feature() >= 24;

        assertThat(Threads.AUTO.forRun(1)).isEqualTo(Threads.PLATFORM);
        assertThat(Threads.AUTO.forRun(99)).isEqualTo(Threads.PLATFORM);
        assertThat(Threads.AUTO.forRun(100)).isEqualTo(suitable ? Threads.VIRTUAL : Threads.PLATFORM);
    }

    @Test
    void areWhatWasAskedFor() {
        assertThat(Threads.PLATFORM.forRun(10_000)).isEqualTo(Threads.PLATFORM);
        assertThat(Threads.VIRTUAL.forRun(1)).isEqualTo(Threads.VIRTUAL);
    }
}
