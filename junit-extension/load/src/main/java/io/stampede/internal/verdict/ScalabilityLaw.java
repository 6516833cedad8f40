package io.stampede.internal.verdict;

import io.stampede.result.PhaseResult;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The Universal Scalability Law, fitted to the steps of a stress test: throughput of {@code n} operations at once is
 *
 * <pre>{@code X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1))}</pre>
 *
 * <p>Source: N. J. Gunther, "Guerrilla Capacity Planning", Springer 2007, and "A General Theory of Computational
 * Scalability Based on Rational Functions", arXiv:0808.1431. The law is information and no judgement: it says how a
 * target of that form would go on, not that the target has that form.
 *
 * @param lambda operations per second of one alone; more than 0
 * @param sigma contention, the share of the work that only one can do at a time; 0 to 1
 * @param kappa coherency, what each costs every other; at least 0
 * @param sizes to how many different sizes of steps the law was fitted
 * @param error by how much the law misses the measured throughputs: root mean square of the relative differences, 0.05
 *     for 5 %
 * @since 0.1
 */
public record ScalabilityLaw(double lambda, double sigma, double kappa, int sizes, double error)
        implements Serializable {

    /** Fewer sizes than this would be fitted too well: the law has three parameters. */
    public static final int MIN_SIZES = 6;

    /** A law that misses by more than this says nothing of where the peak is. */
    public static final double MAX_ERROR = 0.25;

    private static final double BETTER = 1e-12;
    private static final double INDEPENDENT = 1e-9;

    /** Whether the steps follow the law: its error is at most {@link #MAX_ERROR}. */
    public boolean describesSteps() {
        return error <= MAX_ERROR;
    }

    /** Throughput in operations per second. */
    public double throughput(double operations) {
        return lambda * operations / (1 + sigma * (operations - 1) + kappa * operations * (operations - 1));
    }

    /**
     * How many operations at once give the highest throughput, {@code sqrt((1 - sigma) / kappa)}, at least 1; empty where
     * {@code kappa} is 0, so that throughput only rises.
     */
    public OptionalDouble peak() {
        return kappa > 0 ? OptionalDouble.of(Math.max(1, Math.sqrt((1 - sigma) / kappa))) : OptionalDouble.empty();
    }

    /**
     * The law for the steps of a stress test. Throughput is that of operations that succeeded: what was turned away was
     * not worked on. Steps in which none succeeded are left out.
     *
     * @return empty where there are fewer than {@link #MIN_SIZES} sizes
     */
    public static Optional<ScalabilityLaw> of(List<PhaseResult> steps) {
        List<PhaseResult> usable =
                steps.stream().filter(step -> goodput(step) > 0).toList();
        return fit(
                usable.stream().mapToDouble(PhaseResult::planned).toArray(),
                usable.stream().mapToDouble(ScalabilityLaw::goodput).toArray());
    }

    /** Operations of a step that succeeded, per second; 0 where no time passed. */
    public static double goodput(PhaseResult step) {
        return step.elapsed().isZero()
                ? 0
                : step.outcomes().succeeded() / (step.elapsed().toNanos() / 1e9);
    }

    /**
     * Fits by linear least squares. With {@code Y = n / X} the law is linear in its unknowns: {@code Y = a + b (n - 1) + c n
     * (n - 1)}, where {@code lambda = 1 / a}, {@code sigma = b / a}, {@code kappa = c / a}. Each point weighs {@code 1 /
     * Y^2}, so that what becomes least is the relative error. The bounds of the parameters make it a convex problem whose
     * solution is inside of them or on one of their borders, and those are few enough to try them all.
     *
     * @param operations at once, at least 1 each
     * @param perSecond throughput of each, more than 0
     */
    static Optional<ScalabilityLaw> fit(double[] operations, double[] perSecond) {
        int sizes = (int) Arrays.stream(operations).distinct().count();
        if (sizes < MIN_SIZES) {
            return Optional.empty();
        }
        int points = operations.length;
        double[] alone = new double[points];
        double[] contention = new double[points];
        double[] coherency = new double[points];
        double[] serial = new double[points]; // contention at its most: sigma = 1
        double[] target = new double[points];
        for (int i = 0; i < points; i++) {
            double n = operations[i];
            double weight = perSecond[i] / n;
            alone[i] = weight;
            contention[i] = weight * (n - 1);
            coherency[i] = weight * n * (n - 1);
            serial[i] = weight * n;
            target[i] = 1;
        }
        // From the simplest on, so that noise of the arithmetic is not taken for coherency.
        double[][] candidates = {
            abc(solve(target, alone), 0, -1, -1),
            abc(solve(target, serial), 0, 0, -1),
            abc(solve(target, alone, contention), 0, 1, -1),
            abc(solve(target, alone, coherency), 0, -1, 1),
            abc(solve(target, serial, coherency), 0, 0, 1),
            abc(solve(target, alone, contention, coherency), 0, 1, 2)
        };
        double least = Double.POSITIVE_INFINITY;
        ScalabilityLaw best = null;
        for (double[] abc : candidates) {
            double a = abc[0];
            double b = abc[1];
            double c = abc[2];
            if (!(a > 0 && b >= 0 && b <= a && c >= 0)) {
                continue;
            }
            double squares = 0;
            for (int i = 0; i < points; i++) {
                double miss = alone[i] * a + contention[i] * b + coherency[i] * c - 1;
                squares += miss * miss;
            }
            if (best == null || squares < least - BETTER * points) {
                least = squares;
                best = new ScalabilityLaw(1 / a, b / a, c / a, sizes, 0);
            }
        }
        return Optional.ofNullable(best).map(law -> law.measured(operations, perSecond));
    }

    private ScalabilityLaw measured(double[] operations, double[] perSecond) {
        double squares = 0;
        for (int i = 0; i < operations.length; i++) {
            double miss = (throughput(operations[i]) - perSecond[i]) / perSecond[i];
            squares += miss * miss;
        }
        return new ScalabilityLaw(lambda, sigma, kappa, sizes, Math.sqrt(squares / operations.length));
    }

    /** The solution's entries at those places, 0 for a place below 0; NaN where there is no solution. */
    private static double[] abc(double[] solution, int... places) {
        double[] abc = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            abc[i] = solution.length == 0 ? Double.NaN : places[i] < 0 ? 0 : solution[places[i]];
        }
        return abc;
    }

    /** Least squares by modified Gram-Schmidt; empty where the columns depend on each other. */
    private static double[] solve(double[] target, double[]... columns) {
        int count = columns.length;
        double[] rest = target.clone();
        double[][] q = new double[count][];
        double[][] r = new double[count][count];
        double[] solution = new double[count];
        for (int j = 0; j < count; j++) {
            q[j] = columns[j].clone();
            for (int i = 0; i < j; i++) {
                r[i][j] = dot(q[i], q[j]);
                subtract(q[j], q[i], r[i][j]);
            }
            r[j][j] = Math.sqrt(dot(q[j], q[j]));
            if (!(r[j][j] > INDEPENDENT * Math.sqrt(dot(columns[j], columns[j])))) {
                return new double[0];
            }
            for (int row = 0; row < rest.length; row++) {
                q[j][row] /= r[j][j];
            }
            solution[j] = dot(q[j], rest);
            subtract(rest, q[j], solution[j]);
        }
        for (int j = count - 1; j >= 0; j--) {
            for (int i = j + 1; i < count; i++) {
                solution[j] -= r[j][i] * solution[i];
            }
            solution[j] /= r[j][j];
        }
        return solution;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void subtract(double[] from, double[] what, double times) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= times * what[i];
        }
    }
}
