package io.stampede.report.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All evidence that a build has gathered so far. Immutable. */
record Ledger(List<Evidence> evidence) {

    /** So much that no project gets there; the oldest go first. */
    static final int MAX_EVIDENCE = 2000;

    Ledger {
        evidence = List.copyOf(evidence);
    }

    /** As {@link #with(PlanEvidence)}, if nothing but the evidence is known. */
    Ledger with(List<Evidence> later) {
        return with(new PlanEvidence(later, Map.of()));
    }

    /**
     * What a later test plan has shown takes the place of what was known of the same tests. What a test showed earlier
     * and has not shown again does not stand: see {@link Evidence#after}.
     */
    Ledger with(PlanEvidence later) {
        List<Evidence> all = new ArrayList<>();
        for (Evidence known : evidence) {
            if (later.evidence().stream().anyMatch(known::sameTest)) {
                continue;
            }
            Ending ending = later.ended().get(known.test());
            if (ending == null) {
                all.add(known);
            } else {
                known.after(ending).ifPresent(all::add);
            }
        }
        all.addAll(later.evidence());
        return new Ledger(all.subList(Math.max(0, all.size() - MAX_EVIDENCE), all.size()));
    }

    /** Whether there is evidence of one of these tests. */
    boolean knowsAnyOf(Set<String> tests) {
        return evidence.stream().anyMatch(known -> tests.contains(known.test()));
    }
}
