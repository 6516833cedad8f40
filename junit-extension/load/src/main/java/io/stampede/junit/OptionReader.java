package io.stampede.junit;

import io.stampede.internal.format.Times;
import io.stampede.internal.settings.LoadSettings;
import io.stampede.metric.Band;
import io.stampede.metric.Unit;
import io.stampede.scenario.AbortRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options that any load test may have, as its annotations give them. */
final class OptionReader {

    /** The bands that may fail a test. */
    static final List<Band> FAIL_ON = List.of(Band.CRITICAL, Band.ACCEPTABLE);

    private final AnnotationLookup lookup;

    OptionReader(AnnotationLookup lookup) {
        this.lookup = lookup;
    }

    Duration timeout() {
        return lookup.find(OperationTimeout.class)
                .map(attributes -> attributes.duration("value"))
                .orElseGet(() -> Times.parse(LoadSettings.TIMEOUT.defaultValue()));
    }

    Band failOn() {
        return lookup.find(FailOn.class).map(OptionReader::band).orElse(Band.CRITICAL);
    }

    private static Band band(Attributes attributes) {
        Band band = (Band) attributes.read("value");
        if (!FAIL_ON.contains(band)) {
            throw attributes.error("value", band, "it must be CRITICAL or ACCEPTABLE");
        }
        return band;
    }

    /** @param gauges the unit of each gauge that the test has, by name */
    List<AbortRule> abortWhen(Map<String, Unit> gauges) {
        Optional<Attributes> found = lookup.find(AbortWhen.class);
        if (found.isEmpty()) {
            return List.of();
        }
        List<AbortRule> rules = new ArrayList<>();
        for (String text : (String[]) found.get().read("value")) {
            try {
                rules.add(AbortRule.parse(text, gauges));
            } catch (IllegalArgumentException e) {
                throw found.get().error("value", "\"" + text + "\"", String.valueOf(e.getMessage()));
            }
        }
        return rules;
    }
}
