package io.stampede.report.live;

import io.stampede.report.allure.ReportSettings;
import io.stampede.report.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that begins and gives no result. Run by {@link LiveEndTests} in a JVM of its own. */
class BreakdownTestCase {

    static final String SERVED = "The live page is still served";
    static final String CLOSED = "The live page is closed";

    @Test
    void breaksDown() throws IOException {
        int port = freePort();
        System.setProperty(ReportSettings.LIVE_PORT.key(), Integer.toString(port));
        new LiveReporter().started(Samples.basic().result().scenario(), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(isServed(port) ? SERVED : CLOSED)));
        throw new IllegalStateException("the load generator broke down");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isServed(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
