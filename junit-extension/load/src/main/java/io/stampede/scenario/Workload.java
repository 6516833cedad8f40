package io.stampede.scenario;

import io.stampede.internal.format.Times;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * How many operations there are, and how they are spread over time. All but {@link Users} are open models: an operation
 * is due when the workload says so, however slow the target is.
 *
 * @since 0.1
 */
public sealed interface Workload extends Serializable {

    /** The most operations that one workload may plan: one billion. */
    long MAX_OPERATIONS = 1_000_000_000;

    /** The longest planned duration: seven days. */
    Duration MAX_DURATION = Duration.ofDays(7);

    /** {@return how many operations are planned; 0 in a closed model, where the target decides} */
    long operations();

    /** {@return whether operations wait for the target: the next one of a user begins when the last one has ended} */
    default boolean closed() {
        return false;
    }

    /** {@return the time that the plan itself takes; zero for a burst} */
    Duration duration();

    /** {@return the largest number of operations that are due at the same instant} */
    long simultaneous();

    /**
     * {@return the same shape with {@code scale} times the operations (at least one) and the time they take} The rate of a
     * paced workload does not change.
     *
     * @param scale more than 0, at most 1000
     */
    Workload scaled(double scale);

    /** {@return one line of text, such as {@code 500 at once}} */
    String describe();

    /**
     * {@return operations that are all due at once}
     *
     * @param operations how many; 1 to 1,000,000,000
     */
    static Workload burst(long operations) {
        return new Burst(operations);
    }

    /**
     * {@return {@code total} operations, one every {@code every}}
     *
     * @param total 1 to 1,000,000,000
     * @param every how far apart they are due; more than 0
     */
    static Workload paced(long total, Duration every) {
        return new Paced(total, every);
    }

    /**
     * {@return a constant rate for a duration}
     *
     * @param rate how many operations become due per second
     * @param duration more than 0, at most 7 days
     */
    static Workload arrivals(Rate rate, Duration duration) {
        return new Arrivals(rate, duration, Arrivals.Spacing.CONSTANT);
    }

    /**
     * {@return independent arrivals: exponentially distributed gaps whose mean gives the rate, drawn by the scenario's seed}
     *
     * @param rate how many operations become due per second on average
     * @param duration more than 0, at most 7 days
     */
    static Workload poisson(Rate rate, Duration duration) {
        return new Arrivals(rate, duration, Arrivals.Spacing.POISSON);
    }

    /**
     * {@return a rate that changes linearly}
     *
     * @param from the rate at the start
     * @param to the rate at the end
     * @param duration more than 0, at most 7 days
     */
    static Workload ramp(Rate from, Rate to, Duration duration) {
        return new Ramp(from, to, duration);
    }

    /**
     * {@return {@code total} operations in equal bursts, one burst every {@code every} for {@code over}}
     *
     * @param total 1 to 1,000,000,000
     * @param over more than 0, at most 7 days
     * @param every more than 0, at most {@code over}; there are at most 1000 bursts
     */
    static Workload waves(long total, Duration over, Duration every) {
        return new Waves(total, over, every);
    }

    /**
     * {@return a closed model: each of {@code users} runs one operation after the other for {@code duration}, without a
     * pause between them}
     *
     * @param users 1 to 100,000
     * @param duration more than 0, at most 7 days
     */
    static Users users(int users, Duration duration) {
        return new Users(users, duration, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Operations that are all due at once.
     *
     * @param operations how many; 1 to 1,000,000,000
     * @since 0.1
     */
    record Burst(long operations) implements Workload {

        /** Checks the bounds. */
        public Burst {
            Check.operations("operations", operations);
        }

        @Override
        public Duration duration() {
            return Duration.ZERO;
        }

        @Override
        public long simultaneous() {
            return operations;
        }

        @Override
        public Workload scaled(double scale) {
            return new Burst(Check.scale(operations, scale));
        }

        @Override
        public String describe() {
            return String.format(Locale.ROOT, "%,d at once", operations);
        }
    }

    /**
     * One operation every {@code every}; the first is due at once. Each owns its interval, so it lasts total x every.
     *
     * @param total how many operations; 1 to 1,000,000,000
     * @param every how far apart they are due; more than 0, and total x every is at most 7 days
     * @since 0.1
     */
    record Paced(long total, Duration every) implements Workload {

        /** Checks the bounds. */
        public Paced {
            Check.operations("total", total);
            Check.duration("every", every);
            Check.product(total, every);
        }

        @Override
        public long operations() {
            return total;
        }

        @Override
        public Duration duration() {
            return every.multipliedBy(total);
        }

        @Override
        public long simultaneous() {
            return 1;
        }

        @Override
        public Workload scaled(double scale) {
            return new Paced(Check.scale(total, scale), every);
        }

        @Override
        public String describe() {
            return String.format(Locale.ROOT, "%,d, one every %s", total, Times.format(every));
        }
    }

    /**
     * A rate for a duration: {@code rate x duration} operations, rounded, at least one.
     *
     * @param rate how many operations become due per second, on average
     * @param duration for how long; more than 0, at most 7 days
     * @param spacing how operations are spaced
     * @since 0.1
     */
    record Arrivals(Rate rate, Duration duration, Spacing spacing) implements Workload {

        /**
         * How arrivals are spaced.
         *
         * @since 0.1
         */
        public enum Spacing {
            /** Equal gaps. */
            CONSTANT,
            /** Exponentially distributed gaps. */
            POISSON
        }

        /** Checks the bounds. */
        public Arrivals {
            Check.duration("duration", duration);
            Check.operations("rate x duration", Math.max(1, Math.round(rate.perSecond() * Times.seconds(duration))));
        }

        @Override
        public long operations() {
            return Math.max(1, Math.round(rate.perSecond() * Times.seconds(duration)));
        }

        @Override
        public long simultaneous() {
            return 1;
        }

        @Override
        public Workload scaled(double scale) {
            return new Arrivals(rate, Check.scale(duration, scale), spacing);
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%s/s for %s%s",
                    Times.number(rate.perSecond()),
                    Times.format(duration),
                    spacing == Spacing.POISSON ? ", Poisson" : "");
        }
    }

    /**
     * A rate that goes linearly from one to the other: the mean rate x duration operations, rounded, at least one.
     *
     * @param from the rate at the start
     * @param to the rate at the end
     * @param duration for how long; more than 0, at most 7 days
     * @since 0.1
     */
    record Ramp(Rate from, Rate to, Duration duration) implements Workload {

        /** Checks the bounds. */
        public Ramp {
            Check.duration("duration", duration);
            Check.operations(
                    "mean rate x duration",
                    Math.max(1, Math.round((from.perSecond() + to.perSecond()) / 2 * Times.seconds(duration))));
        }

        @Override
        public long operations() {
            return Math.max(1, Math.round((from.perSecond() + to.perSecond()) / 2 * Times.seconds(duration)));
        }

        @Override
        public long simultaneous() {
            return 1;
        }

        @Override
        public Workload scaled(double scale) {
            return new Ramp(from, to, Check.scale(duration, scale));
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%s/s to %s/s over %s",
                    Times.number(from.perSecond()),
                    Times.number(to.perSecond()),
                    Times.format(duration));
        }
    }

    /**
     * Equal bursts, one per tick, the first at once; the remainder is spread over the ticks, so that the sum is exactly
     * {@code total}. Scaling keeps the number of ticks, and drops what is left of {@code over} after the last.
     *
     * @param total how many operations in all; 1 to 1,000,000,000
     * @param over how long they take; more than 0, at most 7 days
     * @param every how far apart the bursts are; more than 0, at most {@code over}
     * @since 0.1
     */
    record Waves(long total, Duration over, Duration every) implements Workload {

        /** Each tick has figures of its own, so their number is bounded. */
        public static final int MAX_TICKS = 1000;

        /** Checks the bounds. */
        public Waves {
            Check.operations("total", total);
            Check.duration("over", over);
            Check.duration("every", every);
            if (every.compareTo(over) > 0) {
                throw new IllegalArgumentException(
                        "every must be at most over (" + Times.format(over) + "), but was " + Times.format(every));
            }
            long ticks = over.toNanos() / every.toNanos();
            if (ticks > MAX_TICKS) {
                throw new IllegalArgumentException(
                        "over / every must be at most " + MAX_TICKS + " ticks, but was " + ticks);
            }
        }

        /** {@return how many bursts there are} */
        public int ticks() {
            return (int) (over.toNanos() / every.toNanos());
        }

        /**
         * {@return how many operations of the whole are due in the ticks before one}
         *
         * @param tick from 0
         */
        public long before(int tick) {
            // Whole numbers throughout, so that the last tick ends exactly at the total; rounded up, so that the first
            // tick has an operation whatever the total is.
            return (Math.multiplyExact(total, (long) tick) + ticks() - 1) / ticks();
        }

        @Override
        public long operations() {
            return total;
        }

        @Override
        public Duration duration() {
            return over;
        }

        @Override
        public long simultaneous() {
            return total / ticks() + (total % ticks() == 0 ? 0 : 1);
        }

        @Override
        public Workload scaled(double scale) {
            // From the ticks and not from the duration: both rounded, they could lose a tick.
            Duration tick = Check.scale(every, scale);
            return new Waves(Check.scale(total, scale), tick.multipliedBy(ticks()), tick);
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT, "%,d over %s, a burst every %s", total, Times.format(over), Times.format(every));
        }
    }

    /**
     * Users who wait for the answer before they go on. As many operations run as the target allows; those that are
     * under way at the end run to theirs. A slow target slows its users down, so response times of a closed model hide
     * how long others would have waited: use an open model if requests come from people who do not know each other.
     *
     * @param users how many there are; 1 to 100,000
     * @param duration from the start of the first user to the start of the last operation
     * @param thinkTime what a user waits between the end of an operation and the next; zero for nothing
     * @param rampUp the time over which users start, evenly; zero for all at once, at most {@code duration}
     * @since 0.1
     */
    record Users(int users, Duration duration, Duration thinkTime, Duration rampUp) implements Workload {

        /** Each user is a thread, so their number is bounded. */
        public static final int MAX_USERS = 100_000;

        /** Checks the bounds. */
        public Users {
            if (users < 1 || users > MAX_USERS) {
                throw new IllegalArgumentException("users must be at least 1 and at most 100,000, but was " + users);
            }
            Check.duration("duration", duration);
            Check.pause("thinkTime", thinkTime, MAX_DURATION);
            Check.pause("rampUp", rampUp, duration);
        }

        /**
         * {@return the same users, who think between operations}
         *
         * @param time what each waits between the end of an operation and the next; at most 7 days
         */
        public Users thinking(Duration time) {
            return new Users(users, duration, time, rampUp);
        }

        /**
         * {@return the same users, who start evenly over a time}
         *
         * @param time at most the duration
         */
        public Users rampedUpOver(Duration time) {
            return new Users(users, duration, thinkTime, time);
        }

        @Override
        public long operations() {
            return 0;
        }

        @Override
        public boolean closed() {
            return true;
        }

        @Override
        public long simultaneous() {
            return users;
        }

        @Override
        public Workload scaled(double scale) {
            Duration scaled = Check.scale(duration, scale);
            Duration over = rampUp.isZero() ? rampUp : Check.scale(rampUp, scale);
            return new Users(users, scaled, thinkTime, over.compareTo(scaled) > 0 ? scaled : over);
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%,d %s for %s%s%s",
                    users,
                    users == 1 ? "user" : "users",
                    Times.format(duration),
                    thinkTime.isZero() ? "" : ", thinking " + Times.format(thinkTime),
                    rampUp.isZero() ? "" : ", ramped up over " + Times.format(rampUp));
        }
    }
}
