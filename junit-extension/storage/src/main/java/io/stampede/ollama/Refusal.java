package io.stampede.ollama;

/** An answer other than 200: the HTTP status and what Ollama says in {@code {"error": ".."}}. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String error) {
        super(error, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String error() {
        return String.valueOf(getMessage());
    }
}
