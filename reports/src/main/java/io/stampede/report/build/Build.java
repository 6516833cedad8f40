package io.stampede.report.build;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The build that a JVM belongs to: the process that started it, and when that process began.
 *
 * @param id the same in all JVMs of a build
 * @param single whether no other build can have it. A daemon or an IDE starts the JVMs of many builds
 */
public record Build(String id, boolean single) {

    /** The clock that the start of a process is reckoned from may be set meanwhile; its number is not used again so soon. */
    static final long SAME_START_MILLIS = 2000;

    private static final Pattern PROCESS = Pattern.compile("(\\d{1,18})@(\\d{1,18})");

    /** Processes do not nest deeper; and a loop of numbers that were used again must end. */
    private static final int MAX_DEPTH = 12;

    private static final Pattern SHELL = Pattern.compile("(?:ba|da|a|z|k|c|tc|fi)?sh|busybox|cmd|powershell|pwsh");

    private static final String MAVEN = "org.codehaus.plexus.classworlds.launcher.Launcher";

    /** Maven's launcher starts these too, and they stay for many builds. */
    private static final Pattern STAYING = Pattern.compile("mvnd|mvndaemon|MavenShell|mvnsh", Pattern.CASE_INSENSITIVE);

    /**
     * A process, as far as others can see it.
     *
     * @param start when it began; the epoch if that is not known
     * @param command its program; may be empty
     * @param line the whole command line; may be empty
     */
    record Ancestor(long pid, Instant start, String command, String line) {

        static Ancestor of(ProcessHandle process) {
            ProcessHandle.Info info = process.info();
            String command = info.command().orElse("");
            String arguments =
                    info.arguments().map(all -> String.join(" ", all)).orElse("");
            return new Ancestor(
                    process.pid(),
                    info.startInstant().orElse(Instant.EPOCH),
                    command,
                    info.commandLine().orElse(command + " " + arguments));
        }

        private boolean shell() {
            if (command.isEmpty()) {
                return false;
            }
            String program = String.valueOf(Path.of(command).getFileName()).toLowerCase(Locale.ROOT);
            return SHELL.matcher(program.replaceFirst("\\.exe$", "")).matches();
        }

        private boolean maven() {
            return line.contains(MAVEN) && !STAYING.matcher(line).find();
        }

        private String id() {
            return pid + "@" + start.toEpochMilli();
        }
    }

    /** That of this process. */
    public static Build current() {
        List<Ancestor> processes = new ArrayList<>();
        Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
        while (process.isPresent() && processes.size() < MAX_DEPTH) {
            processes.add(Ancestor.of(process.get()));
            process = process.get().parent();
        }
        return of(processes);
    }

    /** Whether another JVM that gave this id is of this build. */
    boolean hasId(String other) {
        Matcher own = PROCESS.matcher(id);
        Matcher others = PROCESS.matcher(other);
        if (!own.matches() || !others.matches()) {
            return id.equals(other);
        }
        return own.group(1).equals(others.group(1))
                && Math.abs(Long.parseLong(own.group(2)) - Long.parseLong(others.group(2))) <= SAME_START_MILLIS;
    }

    /** One that the user has named. */
    public static Build named(String name) {
        return new Build("named " + name.strip(), true);
    }

    /**
     * Tells it by the processes around a JVM.
     *
     * @param processes the JVM's own, then that which started it, and so on
     */
    static Build of(List<Ancestor> processes) {
        Ancestor own = processes.get(0);
        if (own.maven()) {
            return new Build(own.id(), true); // tests run in the build's own process
        }
        // A build may start its JVMs through a shell for each.
        Ancestor starter = processes.stream()
                .skip(1)
                .filter(process -> !process.shell())
                .findFirst()
                .orElse(own);
        return new Build(starter.id(), starter.maven());
    }
}
