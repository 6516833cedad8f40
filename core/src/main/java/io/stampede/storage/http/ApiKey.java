package io.stampede.storage.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Knows the key by its hash alone, so that a comparison takes as long whatever was shown. Thread-safe. */
final class ApiKey {

    private static final String BEARER = "Bearer ";

    private final byte[] hash;

    ApiKey(String key) {
        this.hash = hash(key);
    }

    /** Whether the headers show the key, as a bearer token or as {@code X-API-Key}. */
    boolean isShownBy(HttpFields headers) {
        String authorization = headers.get(HttpHeader.AUTHORIZATION);
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isKey(bearer ? authorization.substring(BEARER.length()).strip() : headers.get("X-API-Key"));
    }

    private boolean isKey(@Nullable String shown) {
        return shown != null && MessageDigest.isEqual(hash, hash(shown));
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
