package io.stampede.junit.storage;

import io.stampede.internal.junit.storage.Services;
import io.stampede.internal.settings.Settings;
import io.stampede.junit.LoadTestContext;
import io.stampede.metric.Unit;
import io.stampede.storage.ConversationStorage;
import io.stampede.storage.StorageConfig;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives each test a storage of its own on services that all of them share. */
final class StorageOptimizerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(StorageOptimizerExtension.class);

    private static final String WARM_UP = "warm-up";
    private static final int WARM_UP_CONVERSATIONS = 2_000;

    private final DockerImages images;

    StorageOptimizerExtension() {
        this(new DockerImages());
    }

    StorageOptimizerExtension(DockerImages images) {
        this.images = images;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        EnvironmentConfig config = config(context);
        SharedEnvironment environment = environment(config, context);
        LoadTestContext load = LoadTestContext.of(context)
                .fact("environment", config.description())
                .fact("Postgres", environment.postgresVersion())
                .fact("Ollama", environment.ollamaVersion());
        config.facts().forEach(load::fact);
        if (!environment.services().mayEmptyTables()) {
            load.fact("tables", "not emptied between tests: " + SharedEnvironment.keptTables());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SharedEnvironment environment = environment(context);
        warmUp(environment, context);
        environment.emptyTables();
        ConversationStorage storage = ConversationStorage.open(config(environment.services()));
        context.getStore(NAMESPACE).put(OpenStorage.class, new OpenStorage(storage));
        LoadTestContext.of(context)
                .backlog("queue size", () -> storage.stats().queued())
                .backlog("embedding backlog", () -> storage.stats().embeddingBacklog())
                .gauge("cache hit rate", Unit.SHARE, () -> storage.stats().cacheHitRate())
                .gauge("pool use", Unit.SHARE, () -> storage.stats().poolUse());
    }

    // Once per JVM: the first burst would else measure how the optimizer's classes are loaded. Not in tables that keep
    // what was put into them.
    private static void warmUp(SharedEnvironment environment, ExtensionContext context) {
        if (environment.services().mayEmptyTables()) {
            context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(WARM_UP, key -> {
                try (ConversationStorage storage = ConversationStorage.open(config(environment.services()))) {
                    for (int i = 0; i < WARM_UP_CONVERSATIONS; i++) {
                        storage.queue(Conversation.builder()
                                .userId("warm-up")
                                .channel(Channel.WEB)
                                .transcript("Conversation " + i + " of the warm-up.")
                                .summary("The warm-up.") // one text, so that embeddings come from the cache
                                .metadata("{\"number\": " + i + "}")
                                .build());
                    }
                    return storage.awaitIdle(Duration.ofSeconds(30));
                }
            });
        }
    }

    private static StorageConfig config(Services services) {
        return StorageConfig.builder()
                .jdbcUrl(services.jdbcUrl())
                .username(services.username())
                .password(services.password())
                .ollamaUrl(services.ollamaUrl())
                .model(OllamaProbe.MODEL)
                .build();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ConversationStorage.class || type == DataSource.class || type == URI.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == URI.class) {
            return environment(context).services().ollamaUrl();
        }
        OpenStorage open = context.getStore(NAMESPACE).get(OpenStorage.class, OpenStorage.class);
        if (open == null) {
            throw new ParameterResolutionException(type.getSimpleName() + " in "
                    + parameter.getDeclaringExecutable()
                    + ": each test gets a storage of its own, so it is not there yet. Take it as a parameter of the"
                    + " test, of @BeforeEach or of @AfterEach.");
        }
        return type == DataSource.class ? open.storage().dataSource() : open.storage();
    }

    private SharedEnvironment environment(ExtensionContext context) {
        return environment(config(context), context);
    }

    private SharedEnvironment environment(EnvironmentConfig config, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        config.key(), key -> SharedEnvironment.start(config, images), SharedEnvironment.class);
    }

    /** What the class runs on, AUTO decided once in a session. */
    private EnvironmentConfig config(ExtensionContext context) {
        Settings settings = Settings.of(context::getConfigurationParameter);
        EnvironmentConfig asked = EnvironmentConfig.of(annotated(context.getRequiredTestClass()), settings);
        return asked.environment() != Environment.AUTO
                ? asked
                : context.getRoot()
                        .getStore(NAMESPACE)
                        .getOrComputeIfAbsent(
                                new AutoChoice(asked.key()),
                                choice -> choose(choice.asked(), context),
                                EnvironmentConfig.class);
    }

    /** The key of a choice in the session's store. */
    private record AutoChoice(EnvironmentConfig asked) {}

    /** Containers, if they start; where they do not, whatever the reason, the embedded services take their place. */
    private EnvironmentConfig choose(EnvironmentConfig asked, ExtensionContext context) {
        Optional<String> obstacle = images.obstacle(asked);
        if (obstacle.isEmpty()) {
            EnvironmentConfig containers = asked.resolved(Environment.CONTAINERS, "Docker answers and has the images");
            try {
                environment(containers, context);
                return containers;
            } catch (RuntimeException e) {
                obstacle = Optional.of("the containers did not start, " + EngineMessage.of(e));
            }
        }
        return asked.resolved(Environment.EMBEDDED, obstacle.orElseThrow());
    }

    private static Environment annotated(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            var annotation = AnnotationSupport.findAnnotation(type, StorageOptimizerTest.class);
            if (annotation.isPresent()) {
                return annotation.get().environment();
            }
        }
        return Environment.AUTO;
    }

    /** Closed by the store when the test is over. */
    // Before JUnit 5.13 a store closes only the one type, from then on the other.
    @SuppressWarnings("deprecation")
    private record OpenStorage(ConversationStorage storage)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            storage.close();
        }
    }
}
