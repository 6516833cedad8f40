package io.stampede.report.live;

import io.stampede.report.allure.AllureLoadReporter;
import io.stampede.report.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run that begins and gives no result. Run by {@link LiveEndTests}, which sets the port. */
class BreakdownTestCase {

    /** What the test saw while it ran. */
    static volatile boolean served;

    @Test
    void breaksDown() {
        new AllureLoadReporter().started(Samples.basic().result().scenario(), Map.of());
        served = isServed(Integer.getInteger(SharedLivePage.PORT.key()));
        throw new IllegalStateException("the load generator broke down");
    }

    static boolean isServed(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
