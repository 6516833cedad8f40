package io.stampede.storage.http;

/** A request cannot be served as it is. Carries the answer; has no stack trace, since it is an everyday thing. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
