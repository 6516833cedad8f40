package io.stampede.benchmarks;

import java.io.Closeable;
import java.net.URI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What the service is built on, set up as the service does, without the service: 202 to whatever comes. */
final class BareServer implements Closeable {

    private final Server server;
    private final ServerConnector connector;

    private BareServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static BareServer start() throws Exception {
        Server server = new Server(
                new QueuedThreadPool(Math.max(8, 2 * Runtime.getRuntime().availableProcessors()), 4));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(8 << 10);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        // It waits for nothing, so it needs no thread of its own, as the service's posts do not.
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(202);
                callback.succeeded();
                return true;
            }
        });
        server.start();
        return new BareServer(server, connector);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The bare server did not stop", e);
        }
    }
}
