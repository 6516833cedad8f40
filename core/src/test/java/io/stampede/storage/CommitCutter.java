package io.stampede.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and Postgres, and when told to, breaks the next connection that commits: Postgres has
 * committed and answered, and the client never hears of it.
 */
final class CommitCutter implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger toCut = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** How many commits were cut so far. */
    final AtomicInteger cut = new AtomicInteger();

    CommitCutter(int postgresPort) throws IOException {
        this.target = postgresPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cutNext(int commits) {
        toCut.set(commits);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, server));
                start(() -> relay(client, server, false));
                start(() -> relay(server, client, true));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "commit-cutter");
        thread.setDaemon(true);
        thread.start();
    }

    private void relay(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                // Postgres says COMMIT when it has; the statement itself is prepared and has no text.
                if (answers && said(buffer, length) && toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    cut.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // The other side ended it.
        }
    }

    private static boolean said(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
    }
}
