package io.stampede.report.readiness;

import java.util.List;
import java.util.Map;

/**
 * What a test plan has shown.
 *
 * @param ended every test of the plan that ended or was skipped, also those that show nothing, as {@code Class#method}
 */
record PlanEvidence(List<Evidence> evidence, Map<String, Ending> ended) {
    PlanEvidence {
        evidence = List.copyOf(evidence);
        ended = Map.copyOf(ended);
    }
}
