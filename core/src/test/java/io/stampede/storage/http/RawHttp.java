package io.stampede.storage.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection that sends what it is told, byte by byte, and takes answers apart strictly. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    /** What came back. */
    record Answer(int status, Map<String, String> headers, String body) {

        @Nullable
        String header(String name) {
            return headers.get(name);
        }
    }

    private final Socket socket = new Socket();
    private final InputStream in;

    RawHttp(URI server) throws IOException {
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends one request on a connection of its own. */
    static Answer exchange(URI server, String method, String path, String body, String... headers) throws IOException {
        try (RawHttp line = new RawHttp(server)) {
            line.send(request(method, path, body, headers));
            return line.answer(method.equals("HEAD"));
        }
    }

    /** A well-formed request; a Host header is added where there is none. */
    static String request(String method, String path, String body, String... headers) {
        StringBuilder out = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            out.append(header).append("\r\n");
            host |= header.startsWith("Host:");
        }
        if (!host) {
            out.append("Host: localhost\r\n");
        }
        if (!body.isEmpty()) {
            out.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return out.append("\r\n").append(body).toString();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads the next answer; those with a status below 200 are skipped. */
    Answer answer(boolean toHead) throws IOException {
        while (true) {
            Answer answer = next(toHead);
            if (answer.status() >= 200) {
                return answer;
            }
        }
    }

    /** Whether the server has ended the connection, and sent nothing before. */
    boolean isAtEnd() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer next(boolean toHead) throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].equals("HTTP/1.1") || !status[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("No status line: " + String.join(" ", status));
        }
        int code = Integer.parseInt(status[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon < 1
                    || headers.put(
                                    header.substring(0, colon),
                                    header.substring(colon + 1).strip())
                            != null) {
                throw new IOException("Header malformed or twice: " + header);
            }
        }
        String body = toHead || code < 200 ? "" : body(headers);
        return new Answer(code, headers, body);
    }

    private String body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                all.write(exactly(size));
                line();
            }
            line();
            return all.toString(StandardCharsets.UTF_8);
        }
        String length = headers.get("Content-Length");
        if (length == null) {
            throw new IOException("An answer without a length: " + headers);
        }
        return new String(exactly(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("The answer ends after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended in a line: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        if (!text.endsWith("\r")) {
            throw new IOException("A line that does not end in CR LF: " + text);
        }
        return text.substring(0, text.length() - 1);
    }
}
