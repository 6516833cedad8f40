package io.stampede.storage;

import java.io.IOException;
import java.net.ServerSocket;

/** Looks for a port of this machine. */
final class FreePort {

    private FreePort() {}

    /** One at which nobody listened a moment ago. */
    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
