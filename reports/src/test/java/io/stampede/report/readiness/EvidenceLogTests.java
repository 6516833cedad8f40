package io.stampede.report.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stampede.report.readiness.Evidence.Outcome;
import io.stampede.report.testing.Samples;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceLogTests {

    private static final Samples.Sample PASSED = Samples.endurance();
    private static final Samples.Sample FAILED = Samples.spike();

    private final EvidenceLog log = new EvidenceLog(null);
    private volatile EvidenceLog.@Nullable Running begun;

    @Test
    void whatATestProvesAtAPartOfItsSizeIsProvenOfThatPart() {
        Samples.Sample tenth = Samples.sustained();
        assertThat(tenth.result().scenario().scale()).isLessThan(1);
        log.entered("1", "ShopLoadTest#blackFriday");
        add(log, tenth, log.running());
        log.left("1");

        log.ended("ShopLoadTest#blackFriday", List.of("black friday"), Outcome.PASSED, "");
        log.ended("ShopTests#backup", List.of("backup"), Outcome.PASSED, "");

        assertThat(log.drain().evidence())
                .extracting(Evidence::lines, Evidence::outcome)
                .containsExactly(
                        tuple(List.of("sustained load"), Outcome.SCALED_DOWN),
                        tuple(List.of("black friday"), Outcome.SCALED_DOWN),
                        tuple(List.of("backup"), Outcome.PASSED));
    }

    @Test
    void aLoadTestInAThreadOfItsOwnIsOfTheOnlyTestThatIsUnderWay() throws Exception {
        log.entered("1", "ShopTests#first");

        elsewhere(() -> add(log, PASSED, log.running()));

        assertThat(shown()).containsExactly(tuple("ShopTests#first", Outcome.SCALED_DOWN));
    }

    @Test
    void aLoadTestInAThreadOfItsOwnIsOfNoTestWhereSeveralAreUnderWay() throws Exception {
        log.entered("1", "ShopTests#first");
        log.entered("2", "ShopTests#second");

        elsewhere(() -> add(log, PASSED, log.running()));
        add(log, PASSED, log.running());

        assertThat(shown()).containsExactly(tuple("", Outcome.OUTSIDE), tuple("ShopTests#second", Outcome.SCALED_DOWN));
    }

    @Test
    void aLoadTestThatOutlivesItsTestIsNotOfTheNext() throws Exception {
        log.entered("1", "ShopTests#first");
        elsewhere(() -> begun = log.running());
        log.left("1");
        log.entered("2", "ShopTests#first"); // the same again

        elsewhere(() -> add(log, PASSED, begun));
        elsewhere(() -> add(log, FAILED, begun));

        assertThat(shown()).containsExactly(tuple("", Outcome.OUTSIDE), tuple("", Outcome.FAILED));
    }

    @Test
    void aTestThatIsNoMethodIsUnderWayTooButHasNoName() throws Exception {
        log.entered("1", null);

        elsewhere(() -> add(log, PASSED, log.running()));

        assertThat(shown()).containsExactly(tuple("", Outcome.OUTSIDE));
    }

    private List<Tuple> shown() {
        return log.drain().evidence().stream()
                .map(one -> tuple(one.test(), one.outcome()))
                .toList();
    }

    private static void elsewhere(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }

    private static void add(EvidenceLog log, Samples.Sample sample, EvidenceLog.@Nullable Running begunIn) {
        log.add(sample.result(), sample.verdict(), log.test(begunIn), "./summary.html");
    }
}
