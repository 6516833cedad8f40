package io.stampede.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.internal.verdict.Judge;
import io.stampede.internal.verdict.Results;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Validity;
import org.junit.jupiter.api.Test;

class InvalidRunsTests {

    private final InvalidRuns runs = new InvalidRuns();

    @Test
    void countsThoseOfAPlan() {
        runs.begin("plan");
        add(Results.basic());
        add(Results.basic().named("Shop.pay").endedEarly("interrupted"));
        add(Results.basic().named("Shop.browse").faults("it was late"));

        assertThat(runs.end("plan"))
                .contains("2 of 3 load tests were INVALID: Shop.pay, Shop.browse; they prove nothing. With"
                        + " stampede.validity = fail such a load test fails.");
        assertThat(runs.end("plan")).as("it has ended").isEmpty();
    }

    @Test
    void hasNothingToSayIfAllWereJudged() {
        runs.begin("plan");
        add(Results.basic());

        assertThat(runs.end("plan")).isEmpty();
    }

    @Test
    void givesNoAdviceThatWasTaken() {
        runs.begin("plan");
        add(Results.basic()
                .faults("it was late")
                .generator(GeneratorHealth.unknown(Validity.DEFAULT.as(Validity.Mode.FAIL))));

        assertThat(runs.end("plan")).contains("1 of 1 load tests was INVALID: checkout; it proves nothing.");
    }

    @Test
    void namesTheFirstFew() {
        runs.begin("plan");
        for (int i = 1; i <= 1012; i++) {
            add(Results.basic().named("test " + i).faults("it was late"));
        }

        assertThat(runs.end("plan").orElseThrow())
                .startsWith("1,012 of 1,012 load tests were INVALID: test 1, test 2, ")
                .contains("test 10 and 1,002 more; they prove nothing");
    }

    @Test
    void countsAPlanWithinATestForBoth() {
        runs.begin("outer");
        runs.begin("inner");
        add(Results.basic().faults("it was late"));

        assertThat(runs.end("inner").orElseThrow()).startsWith("1 of 1");
        add(Results.basic());
        assertThat(runs.end("outer").orElseThrow()).startsWith("1 of 2");
    }

    private void add(Results results) {
        LoadResult result = results.build();
        runs.add(result, Judge.judge(result));
    }
}
