package io.stampede.junit;

import io.stampede.metric.Unit;
import io.stampede.scenario.Kind;
import io.stampede.scenario.Limit;
import io.stampede.scenario.Phase;
import io.stampede.scenario.Rate;
import io.stampede.scenario.Workload;
import io.stampede.scenario.Workload.Arrivals.Spacing;
import io.stampede.targets.Targets;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What an annotation asks for before scale: the kind of the scenario and its phases. */
record Shape(Kind kind, List<Phase> phases) {

    /** Each of the annotations and how it is read. */
    static final Map<Class<? extends Annotation>, Function<Attributes, Shape>> READERS = readers();

    private static Map<Class<? extends Annotation>, Function<Attributes, Shape>> readers() {
        Map<Class<? extends Annotation>, Function<Attributes, Shape>> readers = new LinkedHashMap<>();
        readers.put(BasicLoadTest.class, Shape::basic);
        readers.put(SustainedLoadTest.class, Shape::sustained);
        readers.put(SpikeTest.class, Shape::spike);
        readers.put(EnduranceTest.class, Shape::endurance);
        readers.put(StressTest.class, Shape::stress);
        readers.put(RampUpTest.class, Shape::rampUp);
        readers.put(ArrivalRateTest.class, Shape::arrivalRate);
        readers.put(UsersTest.class, Shape::users);
        readers.put(WorkloadTest.class, Shape::phases);
        return readers;
    }

    private static Shape basic(Attributes attributes) {
        return one(new Kind.Basic(), Workload.burst(attributes.whole("concurrent", 1, Attributes.MAX_AT_ONCE)));
    }

    private static Shape sustained(Attributes attributes) {
        return one(new Kind.Sustained(), paced(attributes));
    }

    private static Shape spike(Attributes attributes) {
        return one(
                new Kind.Spike(
                        attributes.duration("recovery"),
                        attributes.duration("allDone"),
                        attributes.duration("meanResponseTime")),
                Workload.burst(attributes.whole("concurrent", 1, Attributes.MAX_AT_ONCE)));
    }

    private static Shape endurance(Attributes attributes) {
        return one(new Kind.Endurance(attributes.percent("successRate", 0, 100, "99.9%")), paced(attributes));
    }

    private static Shape stress(Attributes attributes) {
        long from = attributes.whole("from", 1, Attributes.MAX_AT_ONCE);
        long to = attributes.whole("to", 1, Attributes.MAX_AT_ONCE);
        if (to < from) {
            throw attributes.error("to", to, "it must be at least from (" + from + ")");
        }
        long step = attributes.whole("step", 1, Attributes.MAX_AT_ONCE);
        if ((to - from) / step + 1 > Kind.Stress.MAX_STEPS) {
            throw attributes.error(
                    "step",
                    step,
                    String.format(
                            Locale.ROOT,
                            "from %,d to %,d that is %,d steps, and there may be at most %,d",
                            from,
                            to,
                            (to - from) / step + 1,
                            Kind.Stress.MAX_STEPS));
        }
        long atLeast = attributes.wholeUpTo("to", "atLeast", 0);
        Duration settle = attributes.duration("settle");
        return stress(new Kind.Stress(from, to, step, settle, atLeast, attributes.fraction("resolution"), List.of()));
    }

    private static Shape stress(Kind.Stress kind) {
        return new Shape(kind, kind.steps());
    }

    /** The same shape with what breaks a step of a stress test: the user's limits, or else the usual ones. */
    Shape breakingWhen(Attributes attributes, Targets targets, Map<String, Unit> gauges) {
        return kind.search()
                .map(stress -> new Shape(stress.breakingWhen(limits(attributes, targets, gauges)), phases))
                .orElse(this);
    }

    private static List<Limit> limits(Attributes attributes, Targets targets, Map<String, Unit> gauges) {
        List<Limit> limits = new ArrayList<>();
        for (String text : (String[]) attributes.read("breaksWhen")) {
            try {
                limits.add(Limit.ofStep(text, gauges));
            } catch (IllegalArgumentException e) {
                throw attributes.error("breaksWhen", "\"" + text + "\"", String.valueOf(e.getMessage()));
            }
        }
        return limits.isEmpty() ? Kind.Stress.usualLimits(targets, gauges) : limits;
    }

    private static Shape rampUp(Attributes attributes) {
        long to = attributes.whole("to", 1, Workload.MAX_OPERATIONS);
        Duration over = attributes.duration("over");
        Duration every = attributes.duration("every");
        if (every.compareTo(over) > 0) {
            throw attributes.error(
                    "every", attributes.quoted("every"), "it must be at most over (" + attributes.quoted("over") + ")");
        }
        long ticks = over.toNanos() / every.toNanos();
        if (ticks > Workload.Waves.MAX_TICKS) {
            throw attributes.error(
                    "every",
                    attributes.quoted("every"),
                    String.format(
                            Locale.ROOT,
                            "over %s that is %,d ticks, and there may be at most %,d",
                            attributes.text("over"),
                            ticks,
                            Workload.Waves.MAX_TICKS));
        }
        return one(new Kind.RampUp(), Workload.waves(to, over, every));
    }

    private static Shape arrivalRate(Attributes attributes) {
        Rate rate = attributes.rate("rate");
        Duration duration = attributes.duration("duration");
        Spacing spacing = (Spacing) attributes.read("arrivals");
        if (attributes.text("to").isBlank()) {
            checkTotal(attributes, "rate", rate.perSecond(), duration);
            return one(new Kind.ArrivalRate(), new Workload.Arrivals(rate, duration, spacing));
        }
        Rate to = attributes.rate("to");
        if (spacing == Spacing.POISSON) {
            throw attributes.error(
                    "arrivals",
                    spacing,
                    "with to = " + attributes.quoted("to") + " the rate changes, and has equal gaps: leave one out");
        }
        checkTotal(attributes, "to", (rate.perSecond() + to.perSecond()) / 2, duration);
        return one(new Kind.ArrivalRate(), Workload.ramp(rate, to, duration));
    }

    private static void checkTotal(Attributes attributes, String name, double perSecond, Duration duration) {
        if (perSecond * duration.toNanos() / 1e9 > Workload.MAX_OPERATIONS) {
            throw attributes.error(
                    name, attributes.quoted(name), "rate x duration must be at most 1,000,000,000 operations");
        }
    }

    private static Shape users(Attributes attributes) {
        int users = (int) attributes.whole("users", 1, Workload.Users.MAX_USERS);
        Duration duration = attributes.duration("duration");
        Duration thinkTime = attributes.pause("thinkTime", Workload.MAX_DURATION);
        Duration rampUp = attributes.pauseUpTo("duration", "rampUp");
        return one(new Kind.Users(), new Workload.Users(users, duration, thinkTime, rampUp));
    }

    private static Shape phases(Attributes attributes) {
        return new Shape(new Kind.Phases(), new PhaseReader(attributes).read());
    }

    private static Workload paced(Attributes attributes) {
        long total = attributes.whole("total", 1, Workload.MAX_OPERATIONS);
        Duration every = attributes.duration("every");
        if (total * (double) every.toNanos() > Workload.MAX_DURATION.toNanos()) {
            throw attributes.error("every", attributes.quoted("every"), "total x every must be at most 7 days");
        }
        return Workload.paced(total, every);
    }

    private static Shape one(Kind kind, Workload workload) {
        return new Shape(kind, List.of(new Phase(kind.label(), workload)));
    }

    /** The same shape, {@code scale} times the size. */
    Shape scaled(double scale) {
        if (scale == 1) {
            return this;
        }
        return kind.search()
                .map(stress -> stress(stress.scaled(scale)))
                .orElseGet(() -> new Shape(
                        kind, phases.stream().map(phase -> phase.scaled(scale)).toList()));
    }
}
