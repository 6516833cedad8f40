package io.stampede.junit;

import io.stampede.internal.format.Sentence;
import io.stampede.internal.format.Signatures;
import io.stampede.internal.format.Times;
import io.stampede.scenario.Rate;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Attributes of one annotation in one place, checked as they are read: errors name both. */
final class Attributes {

    static final long MAX_AT_ONCE = 1_000_000;

    private final Annotation annotation;
    private final String place;

    Attributes(Annotation annotation, Method method) {
        this(annotation, Signatures.full(method));
    }

    /** @param place where the annotation stands, for errors */
    Attributes(Annotation annotation, String place) {
        this.annotation = annotation;
        this.place = place;
    }

    long whole(String name, long least, long most) {
        long value = ((Number) read(name)).longValue();
        if (value < least) {
            throw error(name, value, String.format(Locale.ROOT, "it must be at least %,d", least));
        }
        if (value > most) {
            throw error(name, value, String.format(Locale.ROOT, "it must be at most %,d", most));
        }
        return value;
    }

    /** From {@code least} to what another attribute says. */
    long wholeUpTo(String limit, String name, long least) {
        long most = whole(limit, least, Long.MAX_VALUE);
        long value = whole(name, least, Long.MAX_VALUE);
        if (value > most) {
            throw error(name, value, String.format(Locale.ROOT, "it must be at most %s (%,d)", limit, most));
        }
        return value;
    }

    /** More than 0, at most 1. */
    double fraction(String name) {
        double value = (double) read(name);
        if (!(value > 0)) {
            throw error(name, value, "it must be more than 0");
        }
        if (value > 1) {
            throw error(name, value, "it must be at most 1");
        }
        return value;
    }

    /** The text of an attribute, as it was written. */
    String quoted(String name) {
        return "\"" + read(name) + "\"";
    }

    /** More than zero, at most seven days. */
    Duration duration(String name) {
        Duration value = time(name);
        if (value.isZero()) {
            throw error(name, quoted(name), "it must be more than 0");
        }
        if (value.compareTo(Duration.ofDays(7)) > 0) {
            throw error(name, quoted(name), "it must be at most 7 days");
        }
        return value;
    }

    /** Zero to {@code most}. */
    Duration pause(String name, Duration most) {
        Duration value = time(name);
        if (value.compareTo(most) > 0) {
            throw error(name, quoted(name), "it must be at most " + Times.format(most));
        }
        return value;
    }

    /** Zero to what another attribute says. */
    Duration pauseUpTo(String limit, String name) {
        Duration value = time(name);
        if (value.compareTo(time(limit)) > 0) {
            throw error(name, quoted(name), "it must be at most " + limit + " (" + quoted(limit) + ")");
        }
        return value;
    }

    private Duration time(String name) {
        try {
            return Times.parse(text(name));
        } catch (IllegalArgumentException e) {
            throw error(name, quoted(name), "it must be a duration such as 50ms, 5s, 1.5min or 2h");
        }
    }

    Rate rate(String name) {
        try {
            return Rate.parse(text(name));
        } catch (IllegalArgumentException e) {
            String rule = String.valueOf(e.getMessage()).replaceFirst(", but was .*", "");
            throw error(name, quoted(name), "it " + rule);
        }
    }

    /** {@code least %} to {@code most %}, as the number before the sign. */
    double percent(String name, int least, int most, String example) {
        String text = text(name).strip();
        try {
            double percent = text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) : Double.NaN;
            if (percent >= least && percent <= most) {
                return percent;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw error(
                name, quoted(name), "it must be a percentage from " + least + "% to " + most + "%, such as " + example);
    }

    String text(String name) {
        return (String) read(name);
    }

    LoadConfigurationException error(String name, Object value, String rule) {
        return new LoadConfigurationException(where() + ": " + name + " = " + value + ", but " + Sentence.of(rule));
    }

    /** {@code @SpikeTest on ShopLoadTest.checkout(Iteration)}. */
    String where() {
        return "@" + annotation.annotationType().getSimpleName() + " on " + place;
    }

    static String where(Class<? extends Annotation> annotation, Method method) {
        return "@" + annotation.getSimpleName() + " on " + Signatures.full(method);
    }

    Object read(String name) {
        try {
            Method attribute = annotation.annotationType().getMethod(name);
            @Nullable Object value = attribute.invoke(annotation);
            if (value == null) {
                throw new IllegalStateException("@" + annotation.annotationType() + " has no value for " + name);
            }
            return value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("@" + annotation.annotationType() + " has no attribute " + name, e);
        }
    }
}
