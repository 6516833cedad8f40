package io.stampede.internal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stampede.result.Distribution;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistogramCodecTests {

    @Test
    void givesBackWhatItTook() {
        Histogram histogram = Histograms.create();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            Histograms.record(histogram, (long) Math.exp(random.nextDouble(0, 32)));
        }
        Histograms.record(histogram, Long.MAX_VALUE);
        Distribution distribution = Histograms.distribution(histogram);

        assertThat(HistogramCodec.decode(HistogramCodec.encode(distribution))).isEqualTo(distribution);
        assertThat(HistogramCodec.decode(HistogramCodec.encode(Distribution.EMPTY)))
                .isEqualTo(Distribution.EMPTY);
    }

    @Test
    void writesWhatHdrHistogramsOwnDecoderReads() throws Exception {
        Distribution distribution = Distribution.of(new long[] {1_000_000}, new long[] {7});

        String text = HistogramCodec.encode(distribution);

        assertThat(text).startsWith("HISTFAAA"); // as in interval logs
        Histogram read = Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        assertThat(read.getTotalCount()).isEqualTo(7);
        assertThat(Duration.ofNanos(read.getMaxValue()))
                .isBetween(Duration.ofNanos(999_000), Duration.ofNanos(1_001_000));
    }

    @Test
    void refusesWhatIsNoHistogram() {
        String good = HistogramCodec.encode(Distribution.of(new long[] {5, 900}, new long[] {1, 2}));

        refused("");
        refused("!");
        refused(Base64.getEncoder().encodeToString(new byte[100]));
        refused(good.substring(0, good.length() / 8 * 4));
        for (int i = 0; i < good.length() - 4; i += 4) {
            StringBuilder damaged = new StringBuilder(good);
            damaged.setCharAt(i, damaged.charAt(i) == 'A' ? 'B' : 'A');
            try {
                HistogramCodec.decode(damaged.toString()); // may still be one; nothing else may be thrown
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("must be a histogram");
            }
        }
    }

    @Test
    void refusesAHeaderThatAsksForMuchMemory() throws Exception {
        ByteBuffer header = ByteBuffer.allocate(40)
                .putInt(0x1c849313)
                .putInt(0)
                .putInt(0)
                .putInt(5)
                .putLong(1)
                .putLong(Long.MAX_VALUE / 2)
                .putDouble(1);

        refused(compressed(header.array()));
        refused(compressed(new byte[50_000_000]));
    }

    private static String compressed(byte[] inner) throws Exception {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(inner);
        }
        ByteBuffer all = ByteBuffer.allocate(8 + deflated.size()).putInt(0x1c849314);
        all.putInt(deflated.size()).put(deflated.toByteArray());
        return Base64.getEncoder().encodeToString(all.array());
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> HistogramCodec.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be a histogram in HdrHistogram's compressed V2 encoding, but was not");
    }
}
