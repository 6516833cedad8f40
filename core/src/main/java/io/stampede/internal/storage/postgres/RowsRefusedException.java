package io.stampede.internal.storage.postgres;

import io.stampede.storage.model.StorageException;
import org.jspecify.annotations.Nullable;

/** Postgres refuses the values of at least one row; trying again is no use. */
public final class RowsRefusedException extends StorageException {

    private static final long serialVersionUID = 1L;

    RowsRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
