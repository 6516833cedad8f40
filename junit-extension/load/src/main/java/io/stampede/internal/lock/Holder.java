package io.stampede.internal.lock;

import io.stampede.internal.report.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Who holds the machine's lock, as it tells those who ask: a line of text, since whoever asks may have another version.
 *
 * @param jvm tells its JVM from all others
 * @param token of this hold: JVMs that were given it share the lock
 * @param since when it has been held
 * @param test name of the load test
 */
record Holder(String jvm, String token, Instant since, String test) {

    private static final String FORM = "stampede-lock 1";
    private static final int PARTS = 5;
    private static final int MOST_BYTES = 2000;
    private static final int MOST_NAME = 200;
    private static final int PATIENCE_MILLIS = 1000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** This process, whatever class loader asks. */
    static String thisJvm() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + "@"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Such as {@code ShopLoadTest.checkout, process 4711, since 12:03:04}. */
    String describe() {
        String at = TIME.format(since.atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
        return test + ", process " + jvm.substring(0, jvm.indexOf('@')) + ", since " + at;
    }

    String line() {
        return String.join("\t", FORM, jvm, token, Long.toString(since.toEpochMilli()), clean(test)) + "\n";
    }

    /** Empty if it is not such a line. What others send is not trusted: it may be printed. */
    static Optional<Holder> parse(String line) {
        String[] parts = line.strip().split("\t", -1);
        if (parts.length != PARTS || !parts[0].equals(FORM) || !parts[1].matches("\\d{1,19}@\\d{1,19}")) {
            return Optional.empty();
        }
        if (!parts[3].matches("\\d{1,14}")) {
            return Optional.empty();
        }
        return Optional.of(
                new Holder(parts[1], parts[2], Instant.ofEpochMilli(Long.parseLong(parts[3])), clean(parts[4])));
    }

    private static String clean(String text) {
        String clean = TerminalText.clean(text).replace('\t', ' ').replace('\n', ' ');
        return clean.length() <= MOST_NAME ? clean : clean.substring(0, MOST_NAME) + "…";
    }

    /** Asks; empty if nobody answers, or with something else. */
    static Optional<Holder> at(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return parse(line(socket.getInputStream()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String line(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST_BYTES];
        int length = 0;
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (length < MOST_BYTES && (length == 0 || bytes[length - 1] != '\n')) {
            int read = in.read(bytes, length, MOST_BYTES - length);
            if (read < 0) {
                break;
            }
            length += read;
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException(); // a byte a second
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
