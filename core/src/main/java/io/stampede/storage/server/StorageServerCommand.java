package io.stampede.storage.server;

import io.stampede.storage.StorageConfig;
import io.stampede.storage.http.ServerConfig;
import io.stampede.storage.model.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command that starts the service: on the Postgres and the Ollama that it is told of, else on ones that it starts
 * itself. Serves until SIGTERM or Ctrl-C, then drains.
 *
 * @since 0.1
 */
@Command(
        name = "stampede-server",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Takes conversations in over HTTP, stores them in Postgres and their embeddings soon after.",
            "Without --jdbc-url and --ollama-url it starts both itself, where they are on the class path."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "Each option has a variable, STAMPEDE_JDBC_URL for --jdbc-url. The option prevails.",
            "STAMPEDE_API_KEY and STAMPEDE_DB_PASSWORD hold the secrets themselves. No option does: every user of a machine"
                    + " can read the command lines of its processes.",
            "",
            "Exit status: 1 failed, or ended with conversations accepted and not stored; 2 not understood; 143 (Ctrl-C: 130)"
                    + " told to end, everything stored."
        })
public final class StorageServerCommand implements Callable<Integer> {

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = {"Where to listen. Anything but loopback needs an API key. Default: ${DEFAULT-VALUE}"})
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "3000",
            paramLabel = "PORT",
            description = {"0 for a free one. Default: ${DEFAULT-VALUE}"})
    private int port;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = {"The key that every request must bear, in a file. Or STAMPEDE_API_KEY."})
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description = {
                "Postgres: jdbc:postgresql://host:5432/database. Default: one that is started for this service"
            })
    private @Nullable String jdbcUrl;

    @Option(names = "--db-user", paramLabel = "NAME", description = "The database user. Default: as the URL says")
    private @Nullable String databaseUser;

    @Option(
            names = "--db-password-file",
            paramLabel = "FILE",
            description = {"The database user's password, in a file. Or STAMPEDE_DB_PASSWORD."})
    private @Nullable Path passwordFile;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = {
                "Where a Postgres that this service starts keeps its data. Default: nowhere, it is deleted at the end"
            })
    private @Nullable Path dataDir;

    @Option(
            names = "--ollama-url",
            paramLabel = "URL",
            description = {"Ollama: http://host:11434. Default: one that is started for this service"})
    private @Nullable URI ollamaUrl;

    @Option(
            names = "--model",
            defaultValue = "all-minilm",
            paramLabel = "NAME",
            description = {"The embedding model. Default: ${DEFAULT-VALUE}"})
    private String model = "";

    @Option(
            names = "--pull-timeout",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = {
                "How long Ollama may take to fetch a model that it does not have; 0: it may not. Default: ${DEFAULT-VALUE}"
            })
    private long pullTimeout;

    @Option(
            names = "--queue-capacity",
            defaultValue = "10000",
            paramLabel = "N",
            description = {"How many conversations may wait to be stored; from there on 429. Default: ${DEFAULT-VALUE}"
            })
    private int queueCapacity;

    @Option(
            names = "--writers",
            defaultValue = "4",
            paramLabel = "N",
            description = {"Threads that store. Default: ${DEFAULT-VALUE}"})
    private int writers;

    @Option(
            names = "--embedders",
            defaultValue = "2",
            paramLabel = "N",
            description = {"Threads that embed. Default: ${DEFAULT-VALUE}"})
    private int embedders;

    @Option(
            names = "--metrics-stream",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = {"Print a line of figures every so many seconds. Default: none"})
    private int metricsStream;

    @Option(
            names = "--close-timeout",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = {"How long to drain at the end. Default: ${DEFAULT-VALUE}"})
    private long closeTimeout;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli's
    private CommandSpec spec;

    private final Map<String, String> environment;

    StorageServerCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Serves until the process is told to end, or ends at once with the exit status of what went wrong.
     *
     * @param arguments the options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        quieten();
        int status = commandLine(System.getenv()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** What slf4j-simple logs where nobody says otherwise: the libraries' everyday news would bury the service's lines. */
    private static void quieten() {
        Map.of(
                        "defaultLogLevel",
                        "warn",
                        "log.io.stampede",
                        "info",
                        "showDateTime",
                        "true",
                        "dateTimeFormat",
                        "HH:mm:ss.SSS")
                .forEach((key, value) -> System.getProperties().putIfAbsent("org.slf4j.simpleLogger." + key, value));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new StorageServerCommand(environment));
        line.setDefaultValueProvider(new EnvironmentDefaults(environment));
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println(e.getMessage() + " (--help tells the options)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((e, failed, result) -> {
            if (!(e instanceof StorageException || e instanceof IOException || e instanceof UncheckedIOException)) {
                throw e; // a defect of ours: its trace is wanted
            }
            failed.getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    /** For picocli: serves until the process is told to end. */
    @Override
    public Integer call() throws Exception {
        ServerConfig server = serverConfig();
        StorageConfig.Builder storage = storageConfig();
        if (metricsStream < 0) {
            throw misunderstood("--metrics-stream must be >= 0, but was " + metricsStream);
        }
        try (RunningService service = new RunningService(spec.commandLine().getOut(), closeTimeout())) {
            if (jdbcUrl == null) {
                LocalService postgres =
                        service.start("Postgres", () -> local("--jdbc-url").startPostgres(dataDir));
                if (dataDir == null) {
                    service.keepsNothing();
                }
                storage.jdbcUrl(postgres.url()).username(postgres.username()).password(postgres.password());
            }
            if (ollamaUrl == null) {
                storage.ollamaUrl(URI.create(
                        service.start("Ollama", () -> local("--ollama-url").startOllama())
                                .url()));
            }
            service.serve(storage.build(), server, metricsStream);
            service.awaitEnd();
        }
        return CommandLine.ExitCode.OK;
    }

    private ServerConfig serverConfig() {
        String key = secret("STAMPEDE_API_KEY", "--api-key-file", apiKeyFile);
        try {
            ServerConfig.Builder config = ServerConfig.builder().host(host).port(port);
            return (key == null ? config : config.apiKey(key)).build();
        } catch (IllegalArgumentException e) {
            throw misunderstood(e.getMessage());
        }
    }

    private StorageConfig.Builder storageConfig() {
        String password = secret("STAMPEDE_DB_PASSWORD", "--db-password-file", passwordFile);
        StorageConfig.Builder config = StorageConfig.builder()
                .jdbcUrl(jdbcUrl == null ? "jdbc:postgresql:not-started-yet" : jdbcUrl)
                .username(databaseUser == null ? "" : databaseUser)
                .password(password == null ? "" : password)
                .ollamaUrl(ollamaUrl == null ? URI.create("http://not-started-yet") : ollamaUrl)
                .model(model)
                .pullModel(pullTimeout > 0)
                .queueCapacity(queueCapacity)
                .writers(writers)
                .embedders(embedders)
                .closeTimeout(closeTimeout());
        if (pullTimeout > 0) {
            config.pullTimeout(Duration.ofSeconds(pullTimeout));
        }
        try {
            config.build(); // before anything is started
            return config;
        } catch (IllegalArgumentException e) {
            throw misunderstood(e.getMessage());
        }
    }

    private Duration closeTimeout() {
        return Duration.ofSeconds(closeTimeout);
    }

    /** From the file, else from the variable, without the line break that editors leave. */
    private @Nullable String secret(String variable, String option, @Nullable Path file) {
        String secret = environment.get(variable);
        if (file != null) {
            try {
                secret = Files.readString(file);
            } catch (IOException e) {
                throw misunderstood(option + ": " + file + " cannot be read");
            }
        }
        return secret == null || secret.isBlank() ? null : secret.strip();
    }

    private LocalServices local(String option) {
        return ServiceLoader.load(LocalServices.class)
                .findFirst()
                .orElseThrow(() -> misunderstood("There is no " + option
                        + ", and nothing on the class path that could be started instead. Give the option, or add"
                        + " stampede-junit-storage to the class path."));
    }

    private ParameterException misunderstood(@Nullable String why) {
        String message = String.valueOf(why);
        for (OptionSpec option : spec.options()) {
            // Configurations name their parts as Java does, for instance queueCapacity.
            String part = option.longestName().substring(2).replace("-", "");
            if (message.regionMatches(true, 0, part + " ", 0, part.length() + 1)) {
                return new ParameterException(
                        spec.commandLine(), option.longestName() + message.substring(part.length()));
            }
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
