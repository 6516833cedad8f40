package io.stampede.storage.http;

import io.stampede.internal.storage.Waits;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.model.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP service before a storage. Runs from {@link #start} to {@link #close()}; any thread may call it. The storage is the
 * caller's to close, after the service.
 *
 * @since 0.1
 */
public final class StorageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StorageServer.class);

    // Paths are cut at their slashes while they are still encoded, so that these are ordinary characters of a user's
    // id.
    private static final UriCompliance URIS = UriCompliance.DEFAULT.with(
            "stampede",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_PARAMETER,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final ServerConfig config;
    private final Server server;
    private final ServerConnector connector;
    private final Connections connections;
    private final HttpMeters meters;
    private final ReadThreads readThreads;
    private final PostHandler posts;
    private final Health health;
    private final Object closeLock = new Object();
    private boolean closed;

    private StorageServer(ServerConfig config, ConversationStorage storage) {
        this.config = config;
        this.connections = new Connections(config.requestTimeout().toNanos());
        this.meters = new HttpMeters(storage);
        this.readThreads = new ReadThreads(config.readThreads(), config.readQueue());
        this.posts = new PostHandler(storage, config);
        this.health = new Health(storage, posts);
        // Nothing waits on these: they are as many as Jetty needs for its own work and for answers that were waited
        // for.
        QueuedThreadPool threads =
                new QueuedThreadPool(Math.max(8, 2 * Runtime.getRuntime().availableProcessors()), 4);
        threads.setName("stampede-http");
        this.server = new Server(threads, new ScheduledExecutorScheduler("stampede-http-timer", true), null);
        this.connector = connector(config.host());
        server.addConnector(connector);
        server.setHandler(new ApiHandler(config, storage, connections, meters, readThreads, posts, health));
        server.setErrorHandler(new ProblemHandler(config, meters));
        meters.gauge("ready", "1 while conversations are taken in, 0 while stopping", () -> posts.isStopping() ? 0 : 1);
        meters.gauge("connections", "Connections that are open", connections::open);
        meters.gauge("requests.active", "Requests that are being answered", connections::busy);
        meters.gauge("reads.waiting", "Requests that wait for a thread that reads", readThreads::waiting);
    }

    /**
     * Listens, and serves the storage.
     *
     * @param config where to listen, and the limits
     * @param storage open, and closed by the caller after the service
     * @return the running service
     * @throws StorageException where the address cannot be listened on
     */
    public static StorageServer start(ServerConfig config, ConversationStorage storage) {
        StorageServer server = new StorageServer(config, storage);
        try {
            server.connector.open(); // from here on the port is known
            server.listenOnOtherLoopback();
            server.server.addBean(new NetworkConnectionLimit(config.maxConnections(), server.server.getConnectors()));
            server.server.start();
        } catch (Exception e) {
            server.close();
            throw new StorageException(
                    "Cannot listen on " + config.host() + ":" + config.port() + " (" + e.getMessage()
                            + "). Stop what listens there, or choose another port.",
                    e);
        }
        server.sweepLater();
        LOG.info("Serving conversations at {}", server.uri());
        return server;
    }

    /**
     * Where the service is, with the port that it got.
     *
     * @return such as {@code http://127.0.0.1:3000}
     */
    public URI uri() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + connector.getLocalPort());
    }

    /** From now on conversations are refused with 503, and {@code /health/ready} says no. Reading goes on. */
    public void stopTaking() {
        posts.stopTaking();
    }

    /**
     * Takes nothing in any more, stops listening, lets the answers in progress go out within the configured time, and ends
     * every thread. May be called again.
     */
    @Override
    public void close() {
        stopTaking();
        synchronized (closeLock) {
            if (closed) {
                return;
            }
            closed = true;
            for (Connector each : server.getConnectors()) {
                ((ServerConnector) each).close();
            }
            Waits.until(System.nanoTime() + config.stopTimeout().toNanos(), () -> connections.busy() == 0);
            try {
                server.stop();
            } catch (Exception e) {
                LOG.warn("The server did not stop cleanly", e);
            }
            readThreads.close();
            health.close();
            meters.close();
        }
    }

    /** "localhost" means 127.0.0.1 to some callers and ::1 to others: where the one was asked for, both are served. */
    private void listenOnOtherLoopback() throws IOException {
        String host = InetAddress.getByName(config.host()).getHostAddress();
        String other = host.equals("127.0.0.1") ? "::1" : host.equals("0:0:0:0:0:0:0:1") ? "127.0.0.1" : "";
        if (other.isEmpty()) {
            return;
        }
        ServerConnector second = connector(other);
        second.setPort(connector.getLocalPort());
        try {
            second.open();
            server.addConnector(second);
        } catch (IOException e) {
            LOG.debug("Nothing listens on {}", other, e); // there is no IPv6, or somebody else is there
        }
    }

    private ServerConnector connector(String host) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(config.maxHeaderBytes());
        http.setUriCompliance(URIS);
        ServerConnector made = new ServerConnector(server, new HttpConnectionFactory(http));
        made.setHost(host);
        made.setPort(config.port());
        made.setIdleTimeout(config.idleTimeout().toMillis());
        // As many as an unlucky burst brings before they are accepted.
        made.setAcceptQueueSize(1024);
        made.addBean(connections);
        return made;
    }

    private void sweepLater() {
        Scheduler timer = server.getScheduler();
        if (server.isRunning()) {
            timer.schedule(
                    () -> {
                        try {
                            connections.sweep(System.nanoTime());
                        } finally {
                            sweepLater();
                        }
                    },
                    connections.sweepMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }
}
