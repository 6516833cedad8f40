package io.stampede.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts one conversation again and again with wrk, which has to be installed. */
final class Wrk {

    // No function for requests and none for answers: wrk would then spend most of its time in Lua.
    private static final String SCRIPT = """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = [[{"userId":"user-1","channel":"web","transcript":"Hello, I ordered a teapot on day 12 and order 4711 \
            has not arrived. Where is it?","summary":"Asks where an order is.","metadata":{"operation":1}}]]
            """;

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern PER_SECOND = Pattern.compile("Requests/sec: +([\\d.]+)");
    private static final Pattern OTHER = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern ERRORS = Pattern.compile("Socket errors: .*");

    /** How long an answer may take, and a service that answers nothing is asked again. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int threads;
    private final int connections;
    private final Duration duration;

    Wrk(int threads, int connections, Duration duration) {
        this.threads = Math.min(threads, connections);
        this.connections = connections;
        this.duration = duration;
    }

    /** How requests were answered: with 2xx, or otherwise. */
    record Answers(double seconds, double acceptedPerSecond, double otherPerSecond) {}

    /**
     * Posts for the time that was asked for; where nothing at all was answered in it, for twice that time, and so on.
     *
     * @throws IOException where nothing was answered for a minute, or not all connections were served
     */
    Answers post(URI address) throws IOException, InterruptedException {
        Path script = Files.createTempFile("stampede-wrk", ".lua");
        try {
            Files.writeString(script, SCRIPT);
            for (Duration next = duration; ; next = next.multipliedBy(2)) {
                String output = run(address, script, next);
                Optional<Answers> answers = parsed(output);
                if (answers.isPresent()) {
                    return answers.get();
                }
                if (next.compareTo(PATIENCE) > 0) {
                    throw new IOException("No answer from " + address + " in " + next + ": " + output);
                }
            }
        } finally {
            Files.delete(script);
        }
    }

    private String run(URI address, Path script, Duration duration) throws IOException, InterruptedException {
        List<String> command = List.of(
                "wrk",
                "-t" + threads,
                "-c" + connections,
                "-d" + duration.toSeconds() + "s",
                "--timeout", // late is not lost: by default it counts as an error after two seconds
                PATIENCE.toSeconds() + "s",
                "-s" + script,
                address.toString());
        Process wrk;
        try {
            wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UsageException("http: wrk is not installed (on Debian the package wrk)");
        }
        try {
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (wrk.waitFor() != 0) {
                throw new IOException(command + " failed: " + output);
            }
            return output;
        } finally {
            wrk.destroy();
        }
    }

    /** Empty where nothing was answered. */
    static Optional<Answers> parsed(String output) throws IOException {
        Matcher requests = REQUESTS.matcher(output);
        Matcher perSecond = PER_SECOND.matcher(output);
        Matcher errors = ERRORS.matcher(output);
        if (!requests.find() || !perSecond.find() || errors.find()) {
            throw new IOException("Not all connections of wrk were served: " + output);
        }
        Matcher other = OTHER.matcher(output);
        double all = Double.parseDouble(requests.group(1));
        double refused = other.find() ? Double.parseDouble(other.group(1)) : 0;
        double rate = Double.parseDouble(perSecond.group(1));
        return all == 0 || rate == 0
                ? Optional.empty()
                : Optional.of(new Answers(all / rate, rate * (all - refused) / all, rate * refused / all));
    }
}
