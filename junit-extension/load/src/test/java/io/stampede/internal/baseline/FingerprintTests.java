package io.stampede.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.verdict.Results;
import io.stampede.scenario.Kind;
import java.time.Duration;
import java.util.List;
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
