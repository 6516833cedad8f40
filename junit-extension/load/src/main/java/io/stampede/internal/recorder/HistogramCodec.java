package io.stampede.internal.recorder;

import io.stampede.result.Distribution;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Distributions as text: Base64 of HdrHistogram's compressed V2 encoding, nanoseconds at three significant digits, which
 * HdrHistogram's own tools and those of other languages read. Stateless; may be used by all threads.
 *
 * @since 0.1
 */
public final class HistogramCodec {

    private static final int COMPRESSED_COOKIE = 0x1c849304;
    private static final int COOKIE = 0x1c849303;
    private static final int COOKIE_MASK = ~0xf0;
    private static final int HEADER_BYTES = 8;
    private static final int INNER_HEADER_BYTES = 40;

    /** As many as a histogram of this shape with every bucket in use has. */
    private static final int MAX_INFLATED_BYTES = 1 << 20;

    private HistogramCodec() {}

    /** The text of a distribution; an empty histogram where it is empty. */
    public static String encode(Distribution distribution) {
        Histogram histogram = Histograms.create();
        for (int i = 0; i < distribution.size(); i++) {
            histogram.recordValueWithCount(
                    Math.min(distribution.valueNanos(i), Histograms.MAX_NANOS), distribution.countAt(i));
        }
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * The distribution of a text.
     *
     * @throws IllegalArgumentException where it is no such encoding, or of a histogram of another shape
     */
    public static Distribution decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            byte[] inner = inflate(bytes);
            check(ByteBuffer.wrap(inner));
            return Histograms.distribution(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(inner), 0));
        } catch (DataFormatException | RuntimeException e) { // of arrays and buffers, where the content is damaged
            throw new IllegalArgumentException(
                    "must be a histogram in HdrHistogram's compressed V2 encoding, but was not: " + e.getMessage(), e);
        }
    }

    private static byte[] inflate(byte[] bytes) throws DataFormatException {
        if (bytes.length < HEADER_BYTES
                || (ByteBuffer.wrap(bytes).getInt() & COOKIE_MASK) != (COMPRESSED_COOKIE & COOKIE_MASK)) {
            throw new DataFormatException("it begins otherwise");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
            byte[] inflated = new byte[MAX_INFLATED_BYTES];
            int length = inflater.inflate(inflated);
            if (!inflater.finished()) {
                throw new DataFormatException("it is cut, or longer than " + MAX_INFLATED_BYTES + " bytes");
            }
            return Arrays.copyOf(inflated, length);
        } finally {
            inflater.end();
        }
    }

    // Before anything is allocated by what the header asks for.
    private static void check(ByteBuffer inner) throws DataFormatException {
        if (inner.remaining() < INNER_HEADER_BYTES || (inner.getInt() & COOKIE_MASK) != (COOKIE & COOKIE_MASK)) {
            throw new DataFormatException("it has another version");
        }
        inner.getInt(); // length, which the decoder checks
        inner.getInt(); // offset
        int digits = inner.getInt();
        long lowest = inner.getLong();
        long highest = inner.getLong();
        if (digits < 1 || digits > 3 || lowest < 1 || highest > 4 * Histograms.MAX_NANOS) {
            throw new DataFormatException(
                    "it has " + digits + " digits from " + lowest + " to " + highest + " ns, which is another shape");
        }
    }
}
