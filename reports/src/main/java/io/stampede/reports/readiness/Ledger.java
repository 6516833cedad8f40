package io.stampede.reports.readiness;

import java.util.ArrayList;
import java.util.List;

/** All evidence that a build has gathered so far. Immutable. */
public record Ledger(List<Evidence> evidence) {

    /** So much that no project gets there; the oldest go first. */
    public static final int MAX_EVIDENCE = 2000;

    public Ledger {
        evidence = List.copyOf(evidence);
    }

    /** What a later test plan has shown takes the place of what was known of the same tests. */
    public Ledger with(List<Evidence> later) {
        List<Evidence> all = new ArrayList<>(evidence.stream()
                .filter(known -> later.stream().noneMatch(known::sameTest))
                .toList());
        all.addAll(later);
        return new Ledger(all.subList(Math.max(0, all.size() - MAX_EVIDENCE), all.size()));
    }
}
