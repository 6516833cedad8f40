package io.stampede.junit;

import io.stampede.internal.format.Times;
import io.stampede.operation.Iteration;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import io.stampede.scenario.Workload.Arrivals.Spacing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The warm-up of one test, before scale: what its annotation says, and what its scenario gives where that is silent. */
final class WarmUpReader {

    private static final Duration STANDARD = Duration.ofSeconds(5);

    private final Attributes attributes;
    private final Shape shape;

    private WarmUpReader(Attributes attributes, Shape shape) {
        this.attributes = attributes;
        this.shape = shape;
    }

    /** Null if none is asked for. */
    static @Nullable Phase read(AnnotationLookup lookup, Shape shape) {
        return lookup.find(WarmUp.class)
                .map(attributes -> new WarmUpReader(attributes, shape).workload())
                .map(workload -> new Phase(Iteration.WARM_UP_PHASE, workload))
                .orElse(null);
    }

    private Workload workload() {
        long count = attributes.whole("count", 0, Workload.MAX_OPERATIONS);
        int users = (int) attributes.whole("users", 0, Workload.Users.MAX_USERS);
        boolean hasRate = !attributes.text("rate").isBlank();
        if (count > 0 && hasDuration()) {
            throw attributes.error(
                    "count", count, "duration = " + attributes.quoted("duration") + " is set too: leave one out");
        }
        if (users > 0 && hasRate) {
            throw attributes.error(
                    "users", users, "rate = " + attributes.quoted("rate") + " is set too: leave one out");
        }
        if (hasRate) {
            return arrivals(attributes.rate("rate"), Spacing.CONSTANT, count);
        }
        if (users > 0) {
            return users(Workload.users(users, STANDARD), count);
        }
        if (!shape.kind().hasOneLoad()) {
            throw attributes.error(
                    "rate",
                    attributes.quoted("rate"),
                    "phases have no single load to warm up with: give a rate or users");
        }
        return own(shape.phases().get(0).workload(), count);
    }

    private boolean hasDuration() {
        return !attributes.text("duration").isBlank();
    }

    private Duration duration() {
        return hasDuration() ? attributes.duration("duration") : STANDARD;
    }

    private Workload own(Workload workload, long count) {
        if (workload instanceof Workload.Users users) {
            return users(users, count);
        }
        if (workload instanceof Workload.Arrivals arrivals) {
            return arrivals(arrivals.rate(), arrivals.spacing(), count);
        }
        if (workload instanceof Workload.Ramp ramp) {
            return arrivals(ramp.from(), Spacing.CONSTANT, count);
        }
        if (workload instanceof Workload.Paced paced) {
            double perSecond = Math.min(1e7, 1e9 / paced.every().toNanos());
            return arrivals(Rate.perSecond(perSecond), Spacing.CONSTANT, count);
        }
        return burst(workload, count);
    }

    private Workload burst(Workload workload, long count) {
        if (hasDuration()) {
            throw attributes.error(
                    "duration", attributes.quoted("duration"), "a burst has no duration: give a rate or a count");
        }
        if (count == 0) {
            return Workload.burst(workload.simultaneous());
        }
        return Workload.burst(attributes.whole("count", 1, Attributes.MAX_AT_ONCE));
    }

    private Workload users(Workload.Users users, long count) {
        if (count > 0) {
            throw attributes.error("count", count, "users run as often as the target allows: give a duration");
        }
        return Workload.users(users.users(), duration()).thinking(users.thinkTime());
    }

    private Workload arrivals(Rate rate, Spacing spacing, long count) {
        double seconds = count > 0 ? count / rate.perSecond() : duration().toNanos() / 1e9;
        if (seconds > Workload.MAX_DURATION.toSeconds()) {
            throw attributes.error(
                    "count", count, "at " + Times.number(rate.perSecond()) + "/s it must last at most 7 days");
        }
        if (seconds * rate.perSecond() > Workload.MAX_OPERATIONS) {
            throw attributes.error(
                    "duration",
                    attributes.quoted("duration"),
                    "rate x duration must be at most 1,000,000,000 operations");
        }
        return new Workload.Arrivals(rate, Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9))), spacing);
    }
}
