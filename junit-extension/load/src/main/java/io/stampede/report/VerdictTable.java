package io.stampede.report;

import io.stampede.result.*;
import io.stampede.verdict.*;

public final class VerdictTable {
    private VerdictTable() {}

    public static String render(LoadResult r, Verdict v) {
        return r.toString();
    }

    public static String renderWorstFirst(LoadResult r, Verdict v) {
        return r.toString();
    }
}
