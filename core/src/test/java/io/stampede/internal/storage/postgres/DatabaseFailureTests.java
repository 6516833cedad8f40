package io.stampede.internal.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.storage.model.StorageException;
import io.stampede.storage.model.StorageUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailureTests {

    private static final DatabaseSettings SETTINGS = new DatabaseSettings(
            "jdbc:postgresql://ann:secret@localhost/db?password=secret",
            "",
            "",
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({
        "08006, connection failure",
        "25006, read-only transaction",
        "40001, serialization failure",
        "40P01, deadlock",
        "53100, disk full",
        "53300, too many connections",
        "55P03, lock not available",
        "57014, query cancelled",
        "57P01, administrator's shutdown",
        "57P03, starting up",
        "58030, input or output error"
    })
    void isAnOutageWhereTryingAgainMayHelp(String state, String why) {
        assertThat(Database.failure(SETTINGS, new SQLException(why, state)))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("Postgres at jdbc:postgresql://localhost/db: " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22P05", "23514", "44000", "54000", "P0001"})
    void isARefusalWhereTheValuesAreAtFault(String state) {
        assertThat(Database.failure(SETTINGS, new SQLException("refused", state)))
                .isInstanceOf(RowsRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42501", "XX001"})
    void isFinalWhereTryingAgainIsNoUse(String state) {
        assertThat(Database.failure(SETTINGS, new SQLException("broken", state)))
                .isExactlyInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000"})
    void isAnOutageWhereThePoolHasNoConnectionWhateverTheReason(String state) {
        assertThat(Database.failure(SETTINGS, new SQLTransientConnectionException("not available", state)))
                .isInstanceOf(StorageUnavailableException.class);
    }

    @Test
    void isAnOutageWhereThePoolGaveUpWaiting() {
        assertThat(Database.failure(SETTINGS, new SQLException("timed out")))
                .isInstanceOf(StorageUnavailableException.class);
    }
}
