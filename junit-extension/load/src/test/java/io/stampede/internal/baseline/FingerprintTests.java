package io.stampede.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.verdict.Results;
import io.stampede.metric.Unit;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Limit;
import io.stampede.scenario.Scenario;
import io.stampede.scenario.Workload;
import io.stampede.targets.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTests {

    private static final Fingerprint PLAIN = of(Results.basic());

    @Test
    void differsWhereAFactAboutTheTargetDoes() {
        Fingerprint staging = of(Results.basic().fact("target", "staging"));
        Fingerprint production = of(Results.basic().fact("target", "production"));

        assertThat(staging.id()).isNotEqualTo(production.id()).isNotEqualTo(PLAIN.id());
        assertThat(production.differences(staging)).containsExactly("fact target was staging and is production");
    }

    @Test
    void takesOfAFactWhatIsBeforeTheColon() {
        assertThat(of(Results.basic().fact("environment", "embedded: Docker is not there")))
                .isEqualTo(of(Results.basic().fact("environment", "embedded: asked for")))
                .isNotEqualTo(of(Results.basic().fact("environment", "containers: asked for")));
        assertThat(of(Results.basic().fact("target", "http://one")))
                .isNotEqualTo(of(Results.basic().fact("target", "http://two")));
    }

    @Test
    void leavesOutFactsOfOneRun() {
        for (String fact :
                new String[] {"branch", "build", "Commit", "date", "job", "ref", "run", "SHA", "tag", "time"}) {
            assertThat(of(Results.basic().fact(fact, "1"))).as(fact).isEqualTo(PLAIN);
        }
    }

    @Test
    void leavesOutWhatAStressTestIsAskedFor() {
        assertThat(stress(200, 100, 0.05)).isEqualTo(stress(300, 100, 0.05));
        assertThat(stress(200, 100, 0.05))
                .isNotEqualTo(stress(200, 50, 0.05))
                .isNotEqualTo(stress(200, 100, 0.1))
                .isNotEqualTo(PLAIN);
    }

    @Test
    void isWrittenAsTheFirstRunsOfAHistoryWere() {
        Kind.Stress stress = new Kind.Stress(100, 2000, 100, Duration.ofSeconds(1), 500);

        assertThat(of(Results.of(stress)).parts())
                .containsEntry("kind", "Stress[from=100, to=2000, step=100, settle=PT1S, atLeast=0, resolution=0.05]");
        assertThat(of(Results.of(new Kind.Spike(Duration.ofSeconds(5)))).parts())
                .containsEntry("kind", "Spike[recovery=PT5S]");
        assertThat(of(Results.of(new Kind.Endurance())).parts()).containsEntry("kind", "Endurance[]");
        assertThat(of(Results.basic()
                                .workload(
                                        Workload.users(3, Duration.ofSeconds(9)).rampedUpOver(Duration.ofSeconds(2))))
                        .parts())
                .containsEntry("workload", "[Users[users=3, duration=PT9S, thinkTime=PT0S, startOver=PT2S]]")
                .containsEntry("plan", "basic load: 3 users for 9 s, started over 2 s");
    }

    @Test
    void differsWhereOtherLimitsBreakAStep() {
        Kind.Stress usual = new Kind.Stress(100, 2000, 100, Duration.ofSeconds(1), 500);
        List<Limit> slower = List.of(Limit.parse("mean response time > 80 ms", Map.of()));

        assertThat(of(Results.of(usual), usual.breakingWhen(slower)))
                .isNotEqualTo(of(Results.of(usual), usual))
                .isNotEqualTo(PLAIN);
        assertThat(usual.plan())
                .isEqualTo(
                        usual.breakingWhen(Kind.Stress.usualLimits(Targets.builtIn(), Map.of("Queue size", Unit.COUNT)))
                                .plan());
    }

    private static Fingerprint of(Results results, Kind.Stress kind) {
        LoadResult result = results.build();
        Scenario before = result.scenario();
        Scenario scenario = new Scenario(
                before.name(),
                kind,
                before.phases(),
                before.targets(),
                before.failOn(),
                before.timeout(),
                before.scale(),
                before.seed());
        return Fingerprint.of(
                LoadResult.of(scenario)
                        .surroundings(result.surroundings())
                        .volume(result.volume())
                        .build(),
                null,
                "a CPU");
    }

    @Test
    void tellsLongFactsApartThoughTheyAreCut() {
        String text = "x".repeat(300);
        Fingerprint one = of(Results.basic().fact("target", text + "1"));
        Fingerprint two = of(Results.basic().fact("target", text + "2"));

        assertThat(one).isNotEqualTo(two);
        assertThat(one.parts().get("fact target")).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void differsWhereTheProcessorsDo() {
        assertThat(Fingerprint.of(Results.basic().build(), null, "A CPU").differences(PLAIN))
                .singleElement()
                .asString()
                .startsWith("processors was ")
                .endsWith("x A CPU");
    }

    @Test
    void differsWhereTheClassThatDeclaresTheTestDoes() {
        assertThat(Fingerprint.of(Results.basic().build(), "b.ShopLoadTest", "a CPU")
                        .differences(Fingerprint.of(Results.basic().build(), "a.ShopLoadTest", "a CPU")))
                .containsExactly("test class was a.ShopLoadTest and is b.ShopLoadTest");
    }

    private static Fingerprint stress(long atLeast, long step, double resolution) {
        return of(Results.of(new Kind.Stress(100, 2000, step, Duration.ofSeconds(1), atLeast, resolution, List.of())));
    }

    private static Fingerprint of(Results results) {
        return Fingerprint.of(results.build(), null, "a CPU");
    }
}
