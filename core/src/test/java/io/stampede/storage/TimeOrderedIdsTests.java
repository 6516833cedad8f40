package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTests {

    @Test
    void riseHoweverQuicklyTheyAreMade() {
        List<UUID> ids = Stream.generate(TimeOrderedIds::next).limit(100_000).toList();

        for (int i = 1; i < ids.size(); i++) {
            assertThat(ids.get(i).getMostSignificantBits())
                    .isGreaterThan(ids.get(i - 1).getMostSignificantBits());
        }
    }

    @Test
    void areOfVersion7AndTellTheTime() {
        long before = System.currentTimeMillis();

        UUID id = TimeOrderedIds.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        // Many that were made at once may run ahead of the clock, by a quarter of a microsecond each.
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis() + 1000);
    }

    @Test
    void areDifferentInAllThreads() {
        ConcurrentHashMap.KeySetView<UUID, Boolean> ids = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 200_000).parallel().forEach(i -> ids.add(TimeOrderedIds.next()));

        assertThat(ids).hasSize(200_000);
    }
}
