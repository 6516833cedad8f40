package io.stampede.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may have meant by a metric that there is not: the name with the fewest letters to change. */
final class NearestName {

    private NearestName() {}

    /** Empty if no name is near: at most a quarter of its letters differ. */
    static Optional<String> of(String text, Collection<String> gauges) {
        String name = Metric.GaugeValue.name(text);
        List<String> candidates = new ArrayList<>();
        for (String measure : MetricParser.MEASURES) {
            if (MetricParser.standsAlone(measure)) {
                candidates.add(measure);
            } else {
                statistic(name)
                        .ifPresent(word ->
                                candidates.add(name.startsWith(word) ? word + " " + measure : measure + " " + word));
            }
        }
        for (String gauge : gauges) {
            candidates.add(gauge);
            statistic(name).ifPresent(word -> candidates.add(gauge + " " + word));
        }
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 4))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** The word of the name that is a statistic, at its end or its beginning. */
    private static Optional<String> statistic(String name) {
        String[] words = name.split(" ", -1);
        return Arrays.asList(words[words.length - 1], words[0]).stream()
                .filter(word -> words.length > 1 && Statistic.parse(word).isPresent())
                .findFirst();
    }

    /** How many letters must be changed, added or left out, in any letter case (Levenshtein). */
    private static int distance(String one, String gauge) {
        String other = Metric.GaugeValue.name(gauge);
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
