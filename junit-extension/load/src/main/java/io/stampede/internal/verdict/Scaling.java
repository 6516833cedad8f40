package io.stampede.internal.verdict;

import io.stampede.internal.format.Times;
import io.stampede.result.LoadResult;
import io.stampede.result.PhaseResult;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What the Universal Scalability Law says of a stress test, in one sentence. */
final class Scaling {

    private Scaling() {}

    static String describe(LoadResult result) {
        Optional<ScalabilityLaw> fitted = ScalabilityLaw.of(result.phases());
        if (fitted.isEmpty()) {
            return "Universal Scalability Law: not fitted, steps of at least " + ScalabilityLaw.MIN_SIZES
                    + " different sizes are needed.";
        }
        ScalabilityLaw law = fitted.orElseThrow();
        String error = "fit error " + Times.number(100 * law.error()) + " %";
        return "Universal Scalability Law, for information: "
                + (law.describesSteps() ? peak(law, result) : "the steps do not follow it") + "; " + measured(result)
                + "; sigma " + parameter(law.sigma()) + ", kappa " + parameter(law.kappa()) + ", " + error + ".";
    }

    private static String parameter(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2g", value);
    }

    private static String peak(ScalabilityLaw law, LoadResult result) {
        if (law.peak().isEmpty()) {
            return "no peak, throughput rises with the load";
        }
        double peak = law.peak().getAsDouble();
        long largest =
                result.phases().stream().mapToLong(PhaseResult::planned).max().orElse(0);
        return "peak of " + Times.number(law.throughput(peak)) + " ops/s at " + Times.number(peak) + " at once"
                + (peak > largest ? ", beyond the largest step" : "");
    }

    private static String measured(LoadResult result) {
        return result.phases().stream()
                .max(Comparator.comparingDouble(ScalabilityLaw::goodput))
                .map(step -> String.format(
                        Locale.ROOT,
                        "highest measured %s ops/s at %,d",
                        Times.number(ScalabilityLaw.goodput(step)),
                        step.planned()))
                .orElse("nothing measured");
    }
}
