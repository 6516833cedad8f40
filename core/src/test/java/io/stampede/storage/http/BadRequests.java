package io.stampede.storage.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes up requests that no well-meaning caller would send. The same seed gives the same ones. For one thread. */
final class BadRequests {

    private static final String GOOD =
            "{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"Grüße 🙂\",\"summary\":\"s\","
                    + "\"metadata\":{\"a\":[1,2,{\"b\":null}]},\"id\":\"123e4567-e89b-12d3-a456-426614174000\"}";
    private static final List<String> PATHS = List.of(
            "/api/conversations",
            "/api/conversations/123e4567-e89b-12d3-a456-426614174000",
            "/api/conversations/similar?userId=ann&q=x",
            "/api/users/ann/conversations?page=0&size=1",
            "/api/stats",
            "/metrics",
            "/health/live",
            "/health/ready",
            "/openapi.json");
    private static final List<String> VALUES = List.of(
            "null", "1", "-1e999", "true", "[]", "{}", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "NaN", "'a'");
    private static final List<String> FIELDS =
            List.of("id", "userId", "channel", "transcript", "summary", "metadata", "more", "", "\\u0000", "__proto__");

    private final Random random;
    private final List<Supplier<byte[]>> kinds = List.of(
            this::truncatedJson,
            this::wrongType,
            this::flippedBytes,
            this::wrongLength,
            this::deepNesting,
            this::hugeBody,
            this::emptyBody,
            this::oddEncoding,
            this::oddCharacters,
            this::brokenHeader,
            this::longHeaders,
            this::oddHeader,
            this::badMethod,
            this::badPath,
            this::badQuery,
            this::pipeline,
            this::chunkedNonsense,
            this::badVersion,
            this::noise,
            this::doubledField);

    BadRequests(long seed) {
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] request = one(kinds).get();
        // Now and then everything ends in the middle.
        return random.nextInt(10) == 0 ? cut(request) : request;
    }

    private byte[] truncatedJson() {
        byte[] good = utf8(GOOD);
        return post(cut(good));
    }

    private byte[] wrongType() {
        return post(utf8("{\"userId\":\"ann\",\"channel\":\"web\",\"transcript\":\"t\",\"" + one(FIELDS) + "\":"
                + one(VALUES) + (random.nextBoolean() ? "}" : ",}")));
    }

    private byte[] flippedBytes() {
        byte[] body = utf8(GOOD);
        for (int i = random.nextInt(5); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return post(body);
    }

    private byte[] wrongLength() {
        String length = one(
                List.of("1000", "5", "-1", "x", "99999999999999999999", "0x10", "1e3", "", "12, 12", "+12", "12 12"));
        String twice = random.nextBoolean() ? "Content-Length: 3\r\n" : "";
        return utf8("POST /api/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + twice
                + "Content-Length: " + length + "\r\n\r\n" + GOOD);
    }

    private byte[] deepNesting() {
        int depth = 1 + random.nextInt(20_000);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String nested = open.repeat(depth);
        if (random.nextInt(4) == 0) {
            return post(utf8("{\"metadata\":{\"a\":" + "9".repeat(depth) + "}}"));
        }
        return post(utf8(random.nextBoolean() ? nested : "{\"metadata\":{\"a\":" + nested));
    }

    private byte[] hugeBody() {
        int size = 1 << (10 + random.nextInt(8));
        String text = one(List.of("a", "\\u0041", "ü", "\u0001", "9")).repeat(size);
        String field = one(FIELDS);
        return post(utf8(
                random.nextBoolean() ? "{\"" + field + "\":\"" + text + "\"}" : "{\"" + text + "\":1, \"x\":" + text));
    }

    private byte[] emptyBody() {
        return post(utf8(one(List.of("", " ", "\r\n", "\uFEFF", "null", "{}", "[]", "\"\"", "0"))));
    }

    private byte[] oddEncoding() {
        Charset charset = one(List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.ISO_8859_1,
                Charset.forName("UTF-32")));
        String declared =
                one(List.of("", "; charset=utf-8", "; charset=" + charset, "; charset=", "; charset=\"utf-8\"", ";;"));
        return post(GOOD.getBytes(charset), "Content-Type: application/json" + declared);
    }

    private byte[] oddCharacters() {
        byte[] odd = one(List.of(
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xc0, (byte) 0x80},
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {0},
                new byte[] {(byte) 0xff, (byte) 0xfe},
                utf8("\\ud83d"),
                utf8("\\ude00\\ud83d"),
                utf8("\\u0000"),
                utf8("\u2028\u202e\ufffe")));
        return post(joined(utf8("{\"userId\":\"a"), odd, utf8("\",\"channel\":\"web\",\"transcript\":\"t\"}")));
    }

    private byte[] brokenHeader() {
        String header = one(List.of(
                "No colon",
                "Space : before",
                ": empty",
                "A: b\u0000c",
                "A\u0000: b",
                "A: b\r\n folded",
                "A: b\rc",
                "A: b\nB: c",
                "\u00fc: x",
                "A: \u00fc",
                "Host: two",
                "Host: a b",
                "Host: [::1",
                "Host: localhost:99999999"));
        return utf8(one(List.of("GET", "POST")) + " " + one(PATHS) + " HTTP/1.1\r\n"
                + (random.nextBoolean() ? "Host: localhost\r\n" : "") + header + "\r\n\r\n");
    }

    private byte[] longHeaders() {
        int size = 1 << random.nextInt(16);
        String headers =
                random.nextBoolean() ? "A: " + "a".repeat(size) + "\r\n" : "A: b\r\n".repeat(Math.min(size, 4000));
        return utf8("GET " + one(PATHS) + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    private byte[] oddHeader() {
        String header = one(List.of(
                "Expect: 100-continue",
                "Expect: 200-maybe",
                "Prefer: wait=99999999999",
                "Prefer: wait=-1",
                "Prefer: wait=0",
                "Prefer: ;,=;\"",
                "Authorization: Basic \u0001",
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                "Upgrade: websocket\r\nConnection: Upgrade",
                "Content-Encoding: gzip",
                "Content-Encoding: identity, br",
                "Connection: close, keep-alive, \u0001",
                "Cookie: " + ";=".repeat(500),
                "Range: bytes=0-1,5-",
                "If-Match: *",
                "Host: attacker.example",
                "Accept: nothing/at-all"));
        return post(utf8(GOOD), header, "Content-Type: application/json");
    }

    private byte[] badMethod() {
        String method = one(List.of(
                "get",
                "PUT",
                "DELETE",
                "CONNECT",
                "TRACE",
                "OPTIONS",
                "G ET",
                "",
                "G\u0000T",
                "X".repeat(3000),
                "PRI"));
        String target = random.nextInt(4) == 0
                ? one(List.of("*", "localhost:80", "http://localhost", "http://localhost?a"))
                : one(PATHS);
        return utf8(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private byte[] badPath() {
        String part = one(List.of(
                "%",
                "%4",
                "%zz",
                "%00",
                "%2e%2e",
                "..",
                "/",
                "%2F",
                "%5c",
                "\\",
                ";a=b",
                "%ff",
                "%u0041",
                "%c0%af",
                "%25",
                "#",
                "?",
                " ",
                "\u0001",
                "ü",
                "%ed%a0%80",
                "a".repeat(7000),
                "*",
                "http://attacker.example/",
                "@"));
        String path =
                one(List.of("/api/users/" + part + "/conversations", "/api/conversations/" + part, part, "/" + part));
        return utf8("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private byte[] badQuery() {
        String value = one(List.of(
                "-1",
                "99999999999",
                "%",
                "%00",
                "%ff",
                "",
                "1&size=1",
                "'; drop table conversation; --",
                "%ed%a0%80",
                "+",
                "NaN"));
        String path = one(List.of(
                "/api/users/ann/conversations?page=",
                "/api/users/ann/conversations?size=",
                "/api/conversations/similar?userId=",
                "/api/conversations/similar?userId=ann&q=",
                "/api/conversations/similar?userId=ann&q=x&limit=",
                "/metrics?",
                "/health/live?"));
        return utf8("GET " + path + value.replace(' ', '+') + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private byte[] pipeline() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            all.writeBytes(random.nextInt(3) == 0 ? one(kinds).get() : get(one(PATHS)));
        }
        return all.toByteArray();
    }

    private byte[] chunkedNonsense() {
        String coding = one(List.of(
                "chunked",
                "chunked, chunked",
                "gzip, chunked",
                "identity",
                "nonsense",
                "chunked\r\nContent-Length: 5"));
        String body = one(List.of(
                "zz\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                "ffffffffffffffff\r\n{}\r\n",
                "7fffffff\r\n{}\r\n",
                "2\r\n{}0\r\n\r\n",
                "2;a=\"b\r\n{}\r\n0\r\n\r\n",
                "2\n{}\n0\n\n",
                "2\r\n{}\r\n0\r\nTrailer: x\r\nBad trailer\r\n\r\n",
                "0\r\n\r\n0\r\n\r\n",
                "1\r\n{\r\n".repeat(500),
                ""));
        return utf8(
                "POST /api/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                        + coding + "\r\n\r\n" + body);
    }

    private byte[] badVersion() {
        String version = one(List.of(
                "",
                " HTTP/0.9",
                " HTTP/1.0",
                " HTTP/1.2",
                " HTTP/2.0",
                " HTTP/3.0",
                " HTTP/9.9",
                " http/1.1",
                " FTP/1.0"));
        return utf8("GET " + one(PATHS) + version + "\r\nHost: localhost\r\n\r\n");
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        return switch (random.nextInt(4)) {
            case 0 -> joined(new byte[] {0x16, 3, 1, 2, 0, 1}, bytes); // how TLS begins
            case 1 -> utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            case 2 -> joined(utf8("GET / HTTP/1.1\r\n"), bytes);
            default -> bytes;
        };
    }

    private byte[] doubledField() {
        String field = one(FIELDS);
        return post(utf8("{\"" + field + "\":" + one(VALUES) + ",\"" + field + "\":" + one(VALUES) + "}"));
    }

    private static byte[] get(String path) {
        return utf8("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static byte[] post(byte[] body) {
        return post(body, "Content-Type: application/json");
    }

    private static byte[] post(byte[] body, String... headers) {
        String head = "POST /api/conversations HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers)
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return joined(utf8(head), body);
    }

    private byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
