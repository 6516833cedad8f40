package io.stampede.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.stampede.storage.model.Channel;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.NotStoredException;
import io.stampede.storage.model.Receipt;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** What is done to a database in a container; skipped where Docker does not answer. */
@Timeout(180)
class PostgresContainerOutageTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static PostgreSQLContainer server;
    private static FakeOllama ollama;

    private final List<Receipt> receipts = new ArrayList<>();
    private ConversationStorage storage;
    private long before;

    @BeforeAll
    static void startServer() throws Exception {
        assumeTrue(Docker.answers(), "Docker does not answer");
        ollama = new FakeOllama();
        int port = FreePort.find();
        server = new PostgreSQLContainer(DockerImageName.parse("pgvector/pgvector:pg17"))
                .withTmpFs(Map.of("/small", "size=24m,mode=1777"))
                // A port of its own choice would be another one after a restart.
                .withCreateContainerCmdModifier(command -> hostConfig(command.getHostConfig())
                        .withPortBindings(new PortBinding(Ports.Binding.bindPort(port), new ExposedPort(5432))));
        server.start();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.stop();
        }
        if (ollama != null) {
            ollama.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        storage = ConversationStorage.open(config(LONG));
        before = count("conversation");
    }

    @AfterEach
    void close() {
        storage.close(Duration.ofSeconds(1));
    }

    @Test
    void storesAllAfterTheContainerWasStoppedAndStarted() throws Exception {
        queue(300);
        docker().stopContainerCmd(server.getContainerId()).withTimeout(1).exec();
        queue(300);
        docker().startContainerCmd(server.getContainerId()).exec();
        queue(300);

        assertAllAreStoredOnce();
    }

    @Test
    void storesAllAfterTheContainerWasPaused() throws Exception {
        queue(300);
        docker().pauseContainerCmd(server.getContainerId()).exec();
        try {
            queue(300);
        } finally {
            docker().unpauseContainerCmd(server.getContainerId()).exec();
        }
        queue(300);

        assertAllAreStoredOnce();
    }

    @Test
    void aFullDiskIsAnOutageThatEndsWhenThereIsRoom() throws Exception {
        storage.close();
        server.execInContainer("chown", "postgres", "/small");
        execute("create tablespace small location '/small'", "create database small tablespace small");
        String url = server.getJdbcUrl().replace("/" + server.getDatabaseName(), "/small");
        storage = ConversationStorage.open(config(Duration.ofSeconds(2), url));
        TestDatabase.execute(storage.dataSource(), "create table ballast (text text)");
        assertThatThrownBy(() -> {
                    while (true) {
                        TestDatabase.execute(
                                storage.dataSource(),
                                "insert into ballast select repeat('x', 1000) from generate_series(1, 100)");
                    }
                })
                .hasMessageContaining("No space left on device");

        assertThatThrownBy(() -> {
                    while (true) { // the pages that the table has already take some more
                        queue(100);
                        receipts.get(receipts.size() - 1)
                                .stored()
                                .toCompletableFuture()
                                .get(60, TimeUnit.SECONDS);
                    }
                })
                .cause()
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("given up after");
        TestDatabase.execute(storage.dataSource(), "drop table ballast");
        long failed = storage.stats().failed();
        queue(300);

        assertThat(storage.awaitIdle(LONG)).isTrue();
        assertThat(storage.stats().failed()).isEqualTo(failed);
        assertThat(storage.stats().stored()).isEqualTo(receipts.size() - failed);
        assertThat(count("conversation_embedding")).isEqualTo(receipts.size() - failed);

        storage.close();
        execute("drop database small", "drop tablespace small");
    }

    private void assertAllAreStoredOnce() throws Exception {
        await().atMost(LONG).ignoreExceptions().until(() -> storage.awaitIdle(Duration.ofSeconds(5)));
        for (Receipt receipt : receipts) {
            receipt.embedded().toCompletableFuture().get(1, TimeUnit.SECONDS);
        }
        assertThat(storage.stats().stored()).isEqualTo(900);
        assertThat(storage.stats().failed()).isZero();
        assertThat(count("conversation")).isEqualTo(before + 900);
        assertThat(count("conversation_embedding")).isEqualTo(before + 900);
    }

    private long count(String table) throws Exception {
        return TestDatabase.number(storage.dataSource(), "select count(*) from " + table);
    }

    private void queue(int count) {
        for (int i = 0; i < count; i++) {
            receipts.add(storage.queue(Conversation.of("ann", Channel.WEB, "Conversation " + receipts.size())));
        }
    }

    private static StorageConfig config(Duration storeTimeout) {
        return config(storeTimeout, server.getJdbcUrl());
    }

    private static StorageConfig config(Duration storeTimeout, String url) {
        return StorageMain.config(url, ollama.url())
                .username(server.getUsername())
                .password(server.getPassword())
                .storeTimeout(storeTimeout)
                .build();
    }

    private static void execute(String... statements) throws Exception {
        for (String statement : statements) {
            try (Connection connection = server.createConnection("")) {
                connection.createStatement().execute(statement);
            }
        }
    }

    private static HostConfig hostConfig(@Nullable HostConfig config) {
        if (config == null) {
            throw new IllegalStateException("The command has no host configuration");
        }
        return config;
    }

    private static DockerClient docker() {
        return server.getDockerClient();
    }
}
