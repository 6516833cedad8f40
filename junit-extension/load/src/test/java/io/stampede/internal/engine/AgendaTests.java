package io.stampede.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.schedule.Schedule;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class AgendaTests {

    @Test
    void givesNothingBeforeItIsDue() {
        Agenda agenda = new Agenda(Schedule.of(Workload.paced(3, Duration.ofNanos(100)), 0));
        Agenda.Due due = new Agenda.Due();

        assertThat(agenda.take(0, due)).isZero();
        assertThat(agenda.take(99, due)).isEqualTo(Agenda.NOTHING);
        assertThat(agenda.nextDueNanos()).isEqualTo(100);
        assertThat(agenda.take(100, due)).isEqualTo(1);
        assertThat(due.nanos).isEqualTo(100);
        assertThat(agenda.isEmpty()).isFalse();
        assertThat(agenda.take(Long.MAX_VALUE, due)).isEqualTo(2);
        assertThat(agenda.isEmpty()).isTrue();
        assertThat(agenda.take(Long.MAX_VALUE, due)).isEqualTo(Agenda.NOTHING);
        assertThat(agenda.taken()).isEqualTo(3);
    }

    @Test
    void givesEachOperationOnceAndInOrderToWhoeverAsks() throws InterruptedException {
        int total = 200_000;
        Agenda agenda = new Agenda(Schedule.of(Workload.poisson(Rate.perSecond(total), Duration.ofSeconds(1)), 42));
        AtomicIntegerArray taken = new AtomicIntegerArray(total);
        AtomicIntegerArray disorder = new AtomicIntegerArray(1);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            executor.execute(() -> {
                Agenda.Due due = new Agenda.Due();
                long last = -1;
                long lastDue = -1;
                for (long i = agenda.take(Long.MAX_VALUE, due);
                        i != Agenda.NOTHING;
                        i = agenda.take(Long.MAX_VALUE, due)) {
                    taken.incrementAndGet((int) i);
                    if (i <= last || due.nanos < lastDue) {
                        disorder.incrementAndGet(0);
                    }
                    last = i;
                    lastDue = due.nanos;
                }
            });
        }
        executor.shutdown();

        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < total; i++) {
            assertThat(taken.get(i)).isOne();
        }
        assertThat(disorder.get(0)).isZero();
    }
}
