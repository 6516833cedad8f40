package io.stampede.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Polls the live page's data as its script does, in a thread of its own. */
final class LiveWatcher implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final int port;
    private final Thread thread = new Thread(this::watch, "watcher");
    private volatile boolean closed;
    private final AtomicLong answers = new AtomicLong();
    private final CountDownLatch answered = new CountDownLatch(1);

    private LiveWatcher(int port) {
        this.port = port;
    }

    static LiveWatcher of(int port) {
        LiveWatcher watcher = new LiveWatcher(port);
        watcher.thread.setDaemon(true);
        watcher.thread.start();
        return watcher;
    }

    private void watch() {
        long version = 0;
        while (!closed) {
            try {
                Matcher matcher = VERSION.matcher(get("/data?since=" + version + "&page=1f"));
                if (matcher.find()) {
                    version = Long.parseLong(matcher.group(1));
                    answers.incrementAndGet();
                    answered.countDown();
                }
            } catch (IOException e) {
                pause(); // the page is not there yet
            }
        }
    }

    private String get(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often the page has answered so far. */
    long answers() {
        return answers.get();
    }

    /**
     * Waits for the page's first answer, which may come after the run on a machine that is busy.
     *
     * @throws IllegalStateException where there is none: then there is no page
     */
    void requireAnAnswer() throws InterruptedException {
        if (!answered.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The live page on port " + port + " did not answer within " + LIMIT);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
