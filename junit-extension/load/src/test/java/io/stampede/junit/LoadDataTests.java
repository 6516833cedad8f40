package io.stampede.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stampede.data.RowOrder;
import io.stampede.operation.Iteration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Rows of data files in the operations of load tests. */
class LoadDataTests {

    record User(String name, int age) {}

    record Article(String article, BigDecimal price) {}

    @Test
    void givesEachOperationTheRowOfItsIndex() {
        EngineExecutionResults results = run(RowsTestCase.class, "circular");

        results.testEvents().assertStatistics(stats -> stats.started(1).finished(1));
        assertThat(RowsTestCase.users).hasSize(10);
        assertThat(RowsTestCase.users.get(0L)).isEqualTo(new User("Ann", 31));
        assertThat(RowsTestCase.users.get(1L)).isEqualTo(new User("Bob, jr.", 42));
        assertThat(RowsTestCase.users.get(2L)).isEqualTo(new User("Cid", 53));
        assertThat(RowsTestCase.users.get(3L)).isEqualTo(new User("Ann", 31));
        assertThat(RowsTestCase.users.get(9L)).isEqualTo(new User("Ann", 31));
    }

    @Test
    void drawsTheSameRowsAgainForTheSameSeed() {
        run(RowsTestCase.class, "random", "stampede.seed", "7");
        Map<Long, User> first = Map.copyOf(RowsTestCase.users);
        run(RowsTestCase.class, "random", "stampede.seed", "7");
        Map<Long, User> again = Map.copyOf(RowsTestCase.users);
        run(RowsTestCase.class, "random", "stampede.seed", "8");

        assertThat(first).hasSize(200).isEqualTo(again).isNotEqualTo(RowsTestCase.users);
        assertThat(first.values()).contains(new User("Ann", 31), new User("Bob, jr.", 42), new User("Cid", 53));
    }

    @Test
    void givesEachRowOnceWhereToldTo() {
        run(RowsTestCase.class, "once");

        assertThat(RowsTestCase.users.values())
                .containsExactlyInAnyOrder(new User("Ann", 31), new User("Bob, jr.", 42), new User("Cid", 53));
    }

    static class RowsTestCase {
        static final Map<Long, User> users = new ConcurrentHashMap<>();

        @BeforeEach
        void reset() {
            users.clear();
        }

        @BasicLoadTest(concurrent = 10)
        void circular(@LoadData("load-data-users.csv") User user, Iteration it) {
            users.put(it.index(), user);
        }

        @BasicLoadTest(concurrent = 200)
        void random(Iteration it, @LoadData(value = "load-data-users.csv", order = RowOrder.RANDOM) User user) {
            users.put(it.index(), user);
        }

        @BasicLoadTest(concurrent = 3)
        void once(@LoadData(value = "load-data-users.csv", order = RowOrder.ONCE) User user, Iteration it) {
            users.put(it.index(), user);
        }
    }

    @Test
    void givesMapsAndRecordsOfBothFormatsBesideWhatOthersResolve() {
        MixedTestCase.seen.clear();

        assertThat(run(MixedTestCase.class, "mixed").testEvents().failed().stream())
                .isEmpty();

        assertThat(MixedTestCase.seen)
                .containsExactlyInAnyOrder(
                        "mixed greedy {name=Ann, age=31} {article=teapot, price=9.90, tags=[new]} Article[article=cup, price=2.50]",
                        "mixed greedy {name=Bob, jr., age=42} {article=pot, price=20, tags=[]} Article[article=cup, price=2.50]");
    }

    @ExtendWith(GreedyResolver.class)
    @PerformanceTarget(metric = "queue time p95", target = "< 10 s")
    @PerformanceTarget(metric = "queue time p99", target = "< 10 s")
    @PerformanceTarget(metric = "throughput", target = "> 0.1 ops/s")
    static class MixedTestCase {
        static final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @BasicLoadTest(concurrent = 2)
        void mixed(
                TestInfo info,
                @LoadData("load-data-users.csv") Map<String, String> user,
                String greedy,
                @LoadData("load-data-articles.jsonl") Map<String, Object> article,
                @Cup Article cup) {
            seen.add(info.getTestMethod().orElseThrow().getName() + " " + greedy + " " + user + " " + article + " "
                    + cup);
        }
    }

    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @LoadData("load-data-cups.ndjson")
    @interface Cup {}

    static class GreedyResolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == String.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return "greedy";
        }
    }

    @Test
    void drawsParametersOfOneFileApartWhereTheyAreRandom() {
        PairsTestCase.pairs.clear();

        run(PairsTestCase.class, "circular");
        assertThat(PairsTestCase.pairs)
                .hasSize(50)
                .allSatisfy(pair -> assertThat(pair.get(0)).isEqualTo(pair.get(1)));

        PairsTestCase.pairs.clear();
        run(PairsTestCase.class, "random");
        assertThat(PairsTestCase.pairs)
                .hasSize(50)
                .anySatisfy(pair -> assertThat(pair.get(0)).isNotEqualTo(pair.get(1)))
                .anySatisfy(pair -> assertThat(pair.get(0)).isEqualTo(pair.get(1)));
    }

    static class PairsTestCase {
        static final Queue<List<User>> pairs = new ConcurrentLinkedQueue<>();

        @BasicLoadTest(concurrent = 50)
        void circular(@LoadData("load-data-users.csv") User one, @LoadData("load-data-users.csv") User other) {
            pairs.add(List.of(one, other));
        }

        @BasicLoadTest(concurrent = 50)
        void random(
                @LoadData(value = "load-data-users.csv", order = RowOrder.RANDOM) User one,
                @LoadData(value = "load-data-users.csv", order = RowOrder.RANDOM) User other) {
            pairs.add(List.of(one, other));
        }
    }

    @Test
    void readsAFileOncePerClass() {
        CountedTestCase.created.set(0);

        Fixtures.run(CountedTestCase.class).testEvents().assertStatistics(stats -> stats.finished(2));

        assertThat(CountedTestCase.created).hasValue(3);
    }

    static class CountedTestCase {
        static final AtomicInteger created = new AtomicInteger();

        record Counted(String name, int age) {
            Counted {
                created.incrementAndGet();
            }
        }

        @BasicLoadTest(concurrent = 20)
        void one(@LoadData("load-data-users.csv") Counted user) {}

        @BasicLoadTest(concurrent = 20)
        void other(@LoadData(value = "load-data-users.csv", order = RowOrder.RANDOM) Counted user) {}
    }

    @Test
    void countsTheScaledOperationsWhereEachRowIsGivenOnce() {
        ScaledTestCase.users.clear();

        assertThat(Fixtures.failure(Fixtures.run(ScaledTestCase.class, "stampede.scale", "2")))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@LoadData on ScaledTestCase.once(User), parameter User user: order = ONCE, but"
                        + " load-data-users.csv has 3 rows for 6 operations. Add rows, run fewer operations, or take"
                        + " CIRCULAR or RANDOM.");
        assertThat(ScaledTestCase.users).isEmpty();
        Fixtures.run(ScaledTestCase.class);
        assertThat(ScaledTestCase.users).hasSize(3).doesNotHaveDuplicates();
    }

    static class ScaledTestCase {
        static final Queue<User> users = new ConcurrentLinkedQueue<>();

        @BasicLoadTest(concurrent = 3)
        void once(@LoadData(value = "load-data-users.csv", order = RowOrder.ONCE) User user) {
            users.add(user);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            missing       | (User), parameter User user: "nowhere.csv" is no resource on the class path; looked beside io.stampede.junit.LoadDataTests$WrongTestCase and at the root. Put it into src/test/resources.
            wrongType     | (User), parameter User user: load-data-wrong.csv, line 3, column "age": "forty", but int User.age must be a whole number such as 42.
            unknownFormat | (User), parameter User user: "users.xml" must be the name of a file on the class path that ends with .csv (columns named in its first line), .jsonl or .ndjson (one JSON object a line).
            text          | (String), parameter String name: a row of this file must be a record or a Map<String, String>, but was java.lang.String.
            number        | (int), parameter int age: a row of this file must be a record or a Map<String, String>, but was int.
            objects       | (Map), parameter Map user: a row of this file must be a record or a Map<String, String>, but was java.util.Map<java.lang.String, java.lang.Object>.
            iteration     | (Iteration), parameter Iteration it: a row of this file must be a record or a Map<String, String>, but was io.stampede.operation.Iteration.
            tooMany       | (User), parameter User user: order = ONCE, but load-data-users.csv has 3 rows for 4 operations. Add rows, run fewer operations, or take CIRCULAR or RANDOM.
            """)
    void saysWhichParameterIsWrongAndRunsNothing(String method, String message) {
        WrongTestCase.calls.set(0);

        assertThat(Fixtures.failure(run(WrongTestCase.class, method)))
                .isInstanceOf(LoadConfigurationException.class)
                .hasMessage("@LoadData on WrongTestCase." + method + message);
        assertThat(WrongTestCase.calls).hasValue(0);
    }

    static class WrongTestCase {
        static final AtomicInteger calls = new AtomicInteger();

        @SpikeTest
        void missing(@LoadData("nowhere.csv") User user) {
            calls.incrementAndGet();
        }

        @SpikeTest
        void wrongType(@LoadData("load-data-wrong.csv") User user) {
            calls.incrementAndGet();
        }

        @SpikeTest
        void unknownFormat(@LoadData("users.xml") User user) {
            calls.incrementAndGet();
        }

        @SpikeTest
        void text(@LoadData("load-data-users.csv") String name) {
            calls.incrementAndGet();
        }

        @SpikeTest
        void number(@LoadData("load-data-users.csv") int age) {
            calls.incrementAndGet();
        }

        @SpikeTest
        void objects(@LoadData("load-data-users.csv") Map<String, Object> user) {
            calls.incrementAndGet();
        }

        @SpikeTest
        void iteration(@LoadData("load-data-users.csv") Iteration it) {
            calls.incrementAndGet();
        }

        @BasicLoadTest(concurrent = 4)
        void tooMany(@LoadData(value = "load-data-users.csv", order = RowOrder.ONCE) User user) {
            calls.incrementAndGet();
        }
    }

    @Test
    void refusesDataOutsideOfOperations() {
        assertThat(Fixtures.failure(run(LifecycleTestCase.class, "load")))
                .hasMessage("@LoadData on a parameter of before(..), but only operations get rows. Put it on a"
                        + " parameter of the load test method.");
    }

    static class LifecycleTestCase {
        @BeforeEach
        void before(@LoadData("load-data-users.csv") User user) {}

        @BasicLoadTest(concurrent = 1)
        void load() {}
    }

    private static EngineExecutionResults run(Class<?> fixture, String method, String... parameters) {
        java.lang.reflect.Method found = Arrays.stream(fixture.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow();
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectMethod(fixture, found))
                .configurationParameter("stampede.progress", "off");
        for (int i = 0; i < parameters.length; i += 2) {
            kit.configurationParameter(parameters[i], parameters[i + 1]);
        }
        return kit.execute();
    }
}
