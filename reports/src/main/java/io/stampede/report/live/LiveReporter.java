package io.stampede.report.live;

import io.stampede.report.LoadReporter;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.util.Map;
import java.util.Optional;

/** Shows one load test on the live page while it runs, if {@code stampede.live} is true. */
public final class LiveReporter implements LoadReporter {

    private final SharedLivePage page;
    private Optional<LiveRun> run = Optional.empty();

    public LiveReporter(SharedLivePage page) {
        this.page = page;
    }

    @Override
    public void started(Scenario scenario, Map<String, String> facts) {
        run = page.begin(scenario, facts);
    }

    @Override
    public void progress(Snapshot snapshot) {
        run.ifPresent(live -> live.progress(snapshot));
    }

    @Override
    public void finished(LoadResult result, Verdict verdict) {
        run.ifPresent(live -> live.finished(result, verdict));
    }
}
