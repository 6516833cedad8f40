package io.stampede.report.summary;

import io.stampede.internal.format.Times;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Where an axis has its labels, and what they are. */
record Ticks(List<Double> at, List<String> labels) {

    private static final int LABEL_WIDTH = 6;
    private static final String FIGURE_SPACE = "\u2007"; // as wide as a digit, and kept at the beginning of a text

    Ticks {
        at = List.copyOf(at);
        labels = List.copyOf(labels);
    }

    /** The same, with labels of one width, so that the time axes of charts below each other start at the same place. */
    Ticks padded() {
        return new Ticks(
                at,
                labels.stream()
                        .map(label -> FIGURE_SPACE.repeat(Math.max(0, LABEL_WIDTH - label.length())) + label)
                        .toList());
    }

    /** At most about that many round numbers within a range. */
    static Ticks nice(double from, double to, int most) {
        double rough = Math.max((to - from) / most, 1e-9);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            at.add(i * step);
            labels.add(label(i * step));
        }
        return new Ticks(at, labels);
    }

    /** Powers of ten on a logarithmic axis, and 2 and 5 times those if there are few. */
    static Ticks decades(double[] range) {
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        boolean few = range[1] - range[0] < 2.2;
        for (int decade = (int) Math.floor(range[0]); decade <= range[1]; decade++) {
            for (int digit : few ? new int[] {1, 2, 5} : new int[] {1}) {
                double log = decade + Math.log10(digit);
                if (log <= range[1]) {
                    at.add(log);
                    labels.add(label(digit * Math.pow(10, decade)));
                }
            }
        }
        return new Ticks(at, labels);
    }

    private static String label(double value) {
        double size = Math.abs(value);
        if (size > 0 && size < 0.01) { // where three decimals would make neighbours the same
            return BigDecimal.valueOf(value)
                    .round(new MathContext(2))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        if (size >= 1e15) {
            return Times.number(value);
        }
        if (size >= 1e9) {
            return Times.number(value / 1e9) + "G";
        }
        return size >= 1e6 ? Times.number(value / 1e6) + "M" : Times.number(value);
    }
}
