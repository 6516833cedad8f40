package io.stampede.internal.storage.postgres;

/** Vectors as Postgres reads them. */
final class VectorText {

    private VectorText() {}

    /** As pgvector's {@code vector}: {@code [0.1,0.2]}. */
    static String vector(float[] values) {
        return text(values, '[', ']');
    }

    /** As {@code real[]}: <code>{0.1,0.2}</code>. */
    static String array(float[] values) {
        return text(values, '{', '}');
    }

    private static String text(float[] values, char open, char close) {
        StringBuilder text = new StringBuilder(values.length * 14).append(open);
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(values[i]);
        }
        return text.append(close).toString();
    }
}
