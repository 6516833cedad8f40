package io.stampede.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stampede.reports.readiness.Evidence;
import io.stampede.reports.readiness.Evidence.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceLogTests {

    @Test
    void whatATestProvesAtAPartOfItsSizeIsProvenOfThatPart() {
        EvidenceLog log = new EvidenceLog(null);
        Samples.Sample tenth = Samples.sustained();
        assertThat(tenth.result().scenario().scale()).isLessThan(1);
        log.entered("ShopLoadTest#blackFriday");
        log.add(tenth.result(), tenth.verdict(), Path.of("summary.html"));
        log.left();

        log.ended("ShopLoadTest#blackFriday", List.of("black friday"), Outcome.PASSED, "");
        log.ended("ShopTests#backup", List.of("backup"), Outcome.PASSED, "");

        assertThat(log.drain().evidence())
                .extracting(Evidence::lines, Evidence::outcome)
                .containsExactly(
                        tuple(List.of("sustained load"), Outcome.SCALED_DOWN),
                        tuple(List.of("black friday"), Outcome.SCALED_DOWN),
                        tuple(List.of("backup"), Outcome.PASSED));
    }
}
