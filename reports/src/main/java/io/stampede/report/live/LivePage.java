package io.stampede.report.live;

import io.stampede.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page on loopback that shows the runs of this JVM while they go on. May be used by all threads.
 */
final class LivePage implements AutoCloseable {

    private final LiveBoard board = new LiveBoard();
    private final LiveServer server;

    private LivePage(int port) throws IOException {
        server = new LiveServer(board, port);
    }

    /**
     * Begins to serve.
     *
     * @param port of 127.0.0.1; 0 for any that is free
     * @throws IOException if the port cannot be had
     */
    static LivePage open(int port) throws IOException {
        return new LivePage(port);
    }

    /** Where a browser on this machine finds it, such as {@code http://127.0.0.1:41234/}. */
    URI address() {
        return server.address();
    }

    /**
     * A run begins.
     *
     * @param facts what is said of its surroundings
     */
    LiveRun begin(Scenario scenario, Map<String, String> facts) {
        return board.begin(scenario, facts);
    }

    /** The last run of that scenario. */
    Optional<LiveRun> run(Scenario scenario) {
        return board.run(scenario);
    }

    /**
     * There will be no more runs. Waits until the pages that are open know, which takes a moment;
     * returns at once if none is open.
     *
     * @param report of all runs; null if there is none
     * @param grace how long to wait at most
     */
    void end(@Nullable Path report, Duration grace) throws InterruptedException {
        board.end(report);
        server.awaitPages(grace);
    }

    /** Stops serving, at once. */
    @Override
    public void close() {
        server.close();
    }
}
