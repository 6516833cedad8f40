package io.stampede.report.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stampede.metric.Band;
import io.stampede.report.readiness.Checklist.Line;
import io.stampede.report.readiness.Checklist.Status;
import io.stampede.report.readiness.Evidence.MissedTarget;
import io.stampede.report.readiness.Evidence.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChecklistTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void isNotRunWhereNothingSpeaksForIt() {
        Checklist checklist = checklist();

        assertThat(checklist.lines())
                .extracting(Line::name)
                .containsExactly(
                        "Sustained load",
                        "Spike",
                        "Endurance",
                        "Stress",
                        "All targets met",
                        "Monitoring",
                        "Alerting",
                        "Graceful shutdown",
                        "Documentation");
        assertThat(checklist.lines()).extracting(Line::status).containsOnly(Status.NOT_RUN);
        assertThat(checklist.status()).isEqualTo(Status.NOT_RUN);
        assertThat(checklist.counts()).isEqualTo("0 of 9 lines green, 9 not run");
    }

    @Test
    void isGreenWhereEveryLineIsProven() {
        Checklist checklist = Checklist.of(allGreen(), NOW, DAY, null);

        assertThat(checklist.status()).isEqualTo(Status.GREEN);
        assertThat(checklist.headline()).isEqualTo("Ready for production");
        assertThat(checklist.counts()).isEqualTo("9 of 9 lines green");
    }

    @Test
    void isRedWhereOneOfManyFailed() {
        Checklist checklist = checklist(
                load("A.spike", "spike", Outcome.PASSED),
                load("B.spike", "spike", Outcome.FAILED),
                load("C.spike", "spike", Outcome.NOTHING_SHOWN));

        assertThat(line(checklist, "Spike").status()).isEqualTo(Status.RED);
        assertThat(line(checklist, "Spike").reason()).isEqualTo("1 failed: B.spike.");
        assertThat(checklist.status()).isEqualTo(Status.RED);
    }

    @Test
    void anInvalidLoadTestMakesItsLineRedAndIsNamed() {
        Checklist checklist =
                checklist(load("A.spike", "spike", Outcome.PASSED), load("B.spike", "spike", Outcome.INVALID));

        assertThat(line(checklist, "Spike").status()).isEqualTo(Status.RED);
        assertThat(line(checklist, "Spike").reason()).isEqualTo("INVALID, so it proves nothing: B.spike.");
        assertThat(line(checklist, "All targets met").status()).isEqualTo(Status.RED);
        assertThat(line(checklist, "All targets met").reason()).isEqualTo("INVALID, so it proves nothing: B.spike.");
    }

    @Test
    void aLineNamesWhatFailedAndWhatWasInvalid() {
        Checklist checklist =
                checklist(load("A.spike", "spike", Outcome.FAILED), load("B.spike", "spike", Outcome.INVALID));

        assertThat(line(checklist, "Spike").reason())
                .isEqualTo("1 failed: A.spike. INVALID, so it proves nothing: B.spike.");
        assertThat(line(checklist, "All targets met").reason())
                .isEqualTo("Failed otherwise: A.spike. INVALID, so it proves nothing: B.spike.");
    }

    @Test
    void aRunAtAPartOfItsSizeShowsNothingOfTheWhole() {
        Checklist checklist =
                checklist(load("A.spike", "spike", Outcome.PASSED), load("B.spike", "spike", Outcome.SCALED_DOWN));

        assertThat(line(checklist, "Spike").status()).isEqualTo(Status.NOT_RUN);
        assertThat(line(checklist, "Spike").reason()).isEqualTo("B.spike passed at a part of its size.");
        assertThat(line(checklist, "All targets met").status()).isEqualTo(Status.NOT_RUN);
    }

    @Test
    void aTargetThatWasOnlyAcceptablyMissedIsRedAndNamed() {
        Evidence passed = load(
                "A.basic",
                "basic load",
                Outcome.PASSED,
                new MissedTarget("Queue time P95", Band.ACCEPTABLE, "14 ms", "< 10 ms"));

        Line line = line(checklist(passed), "All targets met");

        assertThat(line.status()).isEqualTo(Status.RED);
        assertThat(line.findings()).containsExactly("A.basic: Queue time P95 14 ms (target < 10 ms, acceptable)");
    }

    @Test
    void whatIsOlderThanABuildDoesNotShineGreen() {
        Evidence old = proof("A#a", "monitoring", Outcome.PASSED, NOW.minus(DAY).minusSeconds(1), null);
        Evidence young = proof("A#b", "alerting", Outcome.PASSED, NOW.minus(DAY), null);

        Checklist checklist = checklist(old, young);

        assertThat(line(checklist, "Monitoring").status()).isEqualTo(Status.NOT_RUN);
        assertThat(line(checklist, "Monitoring").reason()).isEqualTo("A#a is of an earlier run.");
        assertThat(line(checklist, "Alerting").status()).isEqualTo(Status.GREEN);
    }

    @Test
    void whatIsOfAnotherCommitCountsNeitherForNorAgainst() {
        String ours = "1111111111111111111111111111111111111111";
        String other = "2222222222222222222222222222222222222222";
        List<Evidence> evidence = List.of(
                proof("A#a", "monitoring", Outcome.PASSED, NOW, other),
                proof("A#b", "alerting", Outcome.FAILED, NOW, other),
                proof("A#c", "documentation", Outcome.PASSED, NOW, ours),
                proof("A#d", "graceful shutdown", Outcome.PASSED, NOW, null));

        Checklist checklist = Checklist.of(evidence, NOW, DAY, ours);

        assertThat(line(checklist, "Monitoring").status()).isEqualTo(Status.NOT_RUN);
        assertThat(line(checklist, "Alerting").status()).isEqualTo(Status.NOT_RUN);
        assertThat(line(checklist, "Alerting").reason()).isEqualTo("A#b is of another commit, 2222222222.");
        assertThat(line(checklist, "Documentation").status()).isEqualTo(Status.GREEN);
        assertThat(line(checklist, "Graceful shutdown").status()).isEqualTo(Status.GREEN);
    }

    @Test
    void aSkippedTestBesideOneThatPassedLeavesTheLineOpen() {
        Checklist checklist = checklist(
                proof("A#a", "monitoring", Outcome.PASSED, NOW, null),
                proof("A#b", "monitoring", Outcome.NOTHING_SHOWN, NOW, null));

        assertThat(line(checklist, "Monitoring").status()).isEqualTo(Status.NOT_RUN);
        assertThat(line(checklist, "Monitoring").reason()).isEqualTo("A#b was skipped or aborted.");
    }

    @Test
    void linesOfTheProjectsOwnFollowAndLetterCaseDoesNotMatter() {
        Checklist checklist = checklist(
                proof("A#a", Checklist.key("Backup  restored"), Outcome.PASSED, NOW, null),
                proof("A#b", Checklist.key("backup restored "), Outcome.PASSED, NOW, null),
                proof("A#c", "spike", Outcome.FAILED, NOW, null));

        assertThat(checklist.lines()).hasSize(10);
        assertThat(checklist.lines().get(9).name()).isEqualTo("Backup restored");
        assertThat(checklist.lines().get(9).evidence()).hasSize(2);
        assertThat(line(checklist, "Spike").status()).isEqualTo(Status.RED);
    }

    @Test
    void laterEvidenceReplacesThatOfTheSameTest() {
        Ledger ledger = new Ledger(List.of())
                .with(List.of(
                        load("A.spike", "spike", Outcome.FAILED),
                        proof("A#a", "monitoring", Outcome.PASSED, NOW, null)))
                .with(List.of(load("A.spike", "spike", Outcome.PASSED)));

        assertThat(ledger.evidence()).extracting(Evidence::outcome).containsExactly(Outcome.PASSED, Outcome.PASSED);
        assertThat(ledger.evidence()).extracting(Evidence::name).containsExactly("A#a", "A.spike");
    }

    @Test
    void whatATestDoesNotShowAgainDoesNotStand() {
        MissedTarget missed = new MissedTarget("Queue time P95", Band.ACCEPTABLE, "14 ms", "< 10 ms");
        Ledger before = new Ledger(List.of(
                loadOf("A#broken", "broken", Outcome.PASSED, missed),
                loadOf("A#skipped", "skipped", Outcome.PASSED, missed),
                loadOf("A#renamed", "the old name", Outcome.FAILED),
                loadOf("A#other", "other", Outcome.PASSED),
                proof("A#proved", "monitoring", Outcome.PASSED, NOW, null)));
        Instant later = NOW.plusSeconds(60);

        Ledger after = before.with(new PlanEvidence(
                List.of(loadOf("A#renamed", "the new name", Outcome.PASSED)),
                Map.of(
                        "A#broken", new Ending(Outcome.FAILED, "no database", later, "abc"),
                        "A#skipped", new Ending(Outcome.NOTHING_SHOWN, "off", later, "abc"),
                        "A#renamed", new Ending(Outcome.PASSED, "", later, "abc"),
                        "A#proved", new Ending(Outcome.FAILED, "no longer annotated", later, "abc"))));

        assertThat(after.evidence())
                .extracting(Evidence::name, Evidence::outcome)
                .containsExactly(
                        tuple("broken", Outcome.FAILED),
                        tuple("skipped", Outcome.NOTHING_SHOWN),
                        tuple("other", Outcome.PASSED),
                        tuple("the new name", Outcome.PASSED));
        assertThat(after.evidence().get(0))
                .isEqualTo(new Evidence(
                        "A#broken",
                        "broken",
                        List.of("spike"),
                        Outcome.FAILED,
                        "no database",
                        List.of(),
                        null,
                        null,
                        later,
                        "abc"));
    }

    @Test
    void hasOneLineOfAllTargetsWhereATestProvesItToo() {
        Checklist checklist = checklist(
                load("A.spike", "spike", Outcome.PASSED), proof("A#b", "all targets met", Outcome.PASSED, NOW, null));

        assertThat(checklist.lines()).hasSize(9);
        assertThat(line(checklist, "All targets met").status()).isEqualTo(Status.GREEN);
        assertThat(line(checklist, "All targets met").reason()).isEqualTo("Every target of 1 load test was met.");
    }

    @Test
    void loadTestsWithoutTargetsDoNotSpeakForTargets() {
        Checklist checklist = checklist(new Evidence(
                "", "A.spike", List.of("spike"), Outcome.PASSED, "", List.of(), null, null, NOW, null, false));

        assertThat(line(checklist, "Spike").status()).isEqualTo(Status.GREEN);
        assertThat(line(checklist, "All targets met").status()).isEqualTo(Status.NOT_RUN);
        assertThat(line(checklist, "All targets met").reason()).isEqualTo("No load test with targets gave a result.");
    }

    private static List<Evidence> allGreen() {
        List<Evidence> evidence = new ArrayList<>();
        for (String kind : List.of("sustained load", "spike", "endurance", "stress")) {
            evidence.add(load("A." + kind, kind, Outcome.PASSED));
        }
        for (String name : List.of("monitoring", "alerting", "graceful shutdown", "documentation")) {
            evidence.add(proof("A#" + name, name, Outcome.PASSED, NOW, null));
        }
        return evidence;
    }

    private static Checklist checklist(Evidence... evidence) {
        return Checklist.of(List.of(evidence), NOW, DAY, null);
    }

    private static Line line(Checklist checklist, String name) {
        return checklist.lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Evidence load(String name, String kind, Outcome outcome, MissedTarget... rows) {
        return new Evidence("", name, List.of(kind), outcome, "", List.of(rows), null, null, NOW, null);
    }

    private static Evidence loadOf(String test, String name, Outcome outcome, MissedTarget... rows) {
        return new Evidence(test, name, List.of("spike"), outcome, "", List.of(rows), "./page", "./allure", NOW, null);
    }

    private static Evidence proof(String test, String line, Outcome outcome, Instant at, @Nullable String commit) {
        return new Evidence(test, null, List.of(line), outcome, "", List.of(), null, null, at, commit);
    }
}
