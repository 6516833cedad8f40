package io.stampede.report.live;

import io.stampede.report.LoadReporter;
import io.stampede.result.LoadResult;
import io.stampede.result.Snapshot;
import io.stampede.scenario.Scenario;
import io.stampede.verdict.Verdict;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a run on the live page while it goes on, where {@code stampede.live} is true; does nothing else.
 *
 * @since 0.1
 */
public final class LiveReporter implements LoadReporter {

    private Optional<LiveRun> run = Optional.empty();

    @Override
    public void started(Scenario scenario, Map<String, String> facts) {
        run = Live.begin(scenario, facts);
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
