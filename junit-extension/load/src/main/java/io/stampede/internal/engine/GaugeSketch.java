package io.stampede.internal.engine;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import io.stampede.result.GaugeSeries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How often which value was read, in bins whose width grows with the value (DDSketch). Takes negative values, zero and any
 * magnitude. Its size is bounded by how many bins there are between the smallest and the largest double, some 140,000 of
 * either sign; a gauge whose values differ by a factor of a thousand fills at most 700. Used by one thread at a time.
 */
final class GaugeSketch {

    // Half of the error that is promised, because whole numbers are rounded: up to 100 that makes them exact,
    // and beyond it adds less than the other half.
    private static final double ACCURACY = 0.005;

    private final DDSketch sketch = new DDSketch(new LogarithmicMapping(ACCURACY), SparseStore::new);
    private boolean whole = true;

    /** @param value that is finite */
    void add(double value) {
        // Less than the largest double by less than the error.
        double most = sketch.getIndexMapping().maxIndexableValue();
        sketch.accept(Math.max(-most, Math.min(most, value)));
        whole &= value == Math.rint(value);
    }

    /** Rising. */
    List<GaugeSeries.Bin> bins() {
        IndexMapping mapping = sketch.getIndexMapping();
        List<GaugeSeries.Bin> bins = new ArrayList<>();
        double others = 0;
        for (Iterator<Bin> each = sketch.getNegativeValueStore().getDescendingIterator(); each.hasNext(); ) {
            Bin bin = each.next();
            bins.add(bin(-mapping.value(bin.getIndex()), bin.getCount()));
            others += bin.getCount();
        }
        int negative = bins.size();
        for (Iterator<Bin> each = sketch.getPositiveValueStore().getAscendingIterator(); each.hasNext(); ) {
            Bin bin = each.next();
            bins.add(bin(mapping.value(bin.getIndex()), bin.getCount()));
            others += bin.getCount();
        }
        if (sketch.getCount() > others) {
            bins.add(negative, bin(0, sketch.getCount() - others));
        }
        return bins;
    }

    private GaugeSeries.Bin bin(double value, double count) {
        return new GaugeSeries.Bin(whole ? Math.rint(value) : value, Math.round(count));
    }
}
