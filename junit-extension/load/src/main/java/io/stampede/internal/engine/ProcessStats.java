package io.stampede.internal.engine;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** What this JVM and its machine say of themselves. */
interface ProcessStats {

    /** Processor time of this process since it began, in nanoseconds; negative where it is not to be had. */
    long processCpuNanos();

    /** Share of the machine's processors that were busy since the last call, 0 to 1; negative or NaN where not known. */
    double machineCpu();

    /** How many processors this JVM may use. */
    int processors();

    /** The collectors that stop this JVM while they work. */
    List<? extends Collector> collectors();

    /** The same, with the machine's busy share from a reader that may not be the only one. */
    default ProcessStats sharing(DoubleSupplier machineCpu) {
        ProcessStats whole = this;
        return new ProcessStats() {
            @Override
            public long processCpuNanos() {
                return whole.processCpuNanos();
            }

            @Override
            public double machineCpu() {
                return machineCpu.getAsDouble();
            }

            @Override
            public int processors() {
                return whole.processors();
            }

            @Override
            public List<? extends Collector> collectors() {
                return whole.collectors();
            }
        };
    }

    /** One collector's pauses since the JVM began. */
    interface Collector {
        long collections();

        long collectingMillis();

        /** How long the last one was; 0 where there was none. */
        long lastMillis();
    }

    /** Those of this process, as far as its JVM tells them. */
    static ProcessStats ofThisProcess() {
        List<Bean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> stops(bean.getName()))
                .map(Bean::new)
                .toList();
        OperatingSystemMXBean system =
                ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known : null;
        return new ProcessStats() {
            @Override
            public long processCpuNanos() {
                return system == null ? -1 : system.getProcessCpuTime();
            }

            @Override
            public double machineCpu() {
                return system == null ? Double.NaN : system.getCpuLoad();
            }

            @Override
            public int processors() {
                return Runtime.getRuntime().availableProcessors();
            }

            @Override
            public List<Bean> collectors() {
                return collectors;
            }
        };
    }

    /**
     * Whether a collector's time is time in which this JVM stood still. ZGC and Shenandoah count the cycles that go on
     * beside the threads of the program as a collector of its own; "G1 Concurrent GC" counts pauses, its name
     * notwithstanding.
     */
    static boolean stops(String collector) {
        return !collector.toLowerCase(Locale.ROOT).endsWith("cycles");
    }

    /** A collector of the platform. */
    record Bean(java.lang.management.GarbageCollectorMXBean bean) implements Collector {
        @Override
        public long collections() {
            return Math.max(0, bean.getCollectionCount());
        }

        @Override
        public long collectingMillis() {
            return Math.max(0, bean.getCollectionTime());
        }

        @Override
        public long lastMillis() {
            return bean instanceof GarbageCollectorMXBean known && known.getLastGcInfo() != null
                    ? known.getLastGcInfo().getDuration()
                    : 0;
        }
    }
}
