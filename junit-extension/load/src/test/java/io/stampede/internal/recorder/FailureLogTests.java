package io.stampede.internal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stampede.result.FailureGroup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureLogTests {

    private final FailureLog log = new FailureLog();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void showsWhatAllFailuresOfAGroupSay() {
        for (int i = 0; i < 3; i++) {
            add(new IllegalStateException("HTTP status 503 from host10.example.com"));
        }

        assertThat(log.groups())
                .extracting(FailureGroup::shape)
                .containsExactly("HTTP status 503 from host10.example.com");
    }

    @Test
    void masksOnlyWhatDiffers() {
        for (int i = 0; i < 1000; i++) {
            add(new IllegalStateException(
                    "HTTP status 503 for order " + i + " of 4f1c2d3e-0000-1111-2222-333344445555"));
        }

        assertThat(log.groups())
                .extracting(FailureGroup::shape)
                .containsExactly("HTTP status 503 for order # of 4f1c2d3e-0000-1111-2222-333344445555");
    }

    @Test
    void masksIdentifiersInLongMessagesToo() {
        String rest = " is gone".repeat(200);
        for (int i = 0; i < 200; i++) {
            add(new IllegalStateException("order " + "9".repeat(1 + i % 90) + i + rest));
        }

        assertThat(log.groups()).singleElement().satisfies(group -> {
            assertThat(group.shape())
                    .startsWith("order # is gone is gone")
                    .endsWith("...")
                    .hasSizeLessThan(310);
            assertThat(group.count()).isEqualTo(200);
        });
    }

    @Test
    void keepsTextsApartAsLongAsThereAreFew() {
        for (int i = 0; i < 500; i++) {
            add(new IllegalStateException("cause " + (char) ('a' + i % 26)));
        }

        assertThat(log.groups()).hasSize(26);
    }

    @Test
    void namesTheFewAmongManyThatDifferByAWord() {
        for (int i = 0; i < 9_990; i++) {
            add(new IllegalStateException("no order for " + word() + " today"));
        }
        for (int i = 0; i < 10; i++) {
            add(new OutOfMemoryError("Java heap space"));
        }

        List<FailureGroup> groups = log.groups();

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).count()).isEqualTo(9_990);
        assertThat(groups.get(0).shape())
                .startsWith("no order for # today (thrown at " + FailureLogTests.class.getName())
                .contains("FailureLogTests.java:");
        assertThat(groups.get(0).samples()).hasSize(FailureLog.MAX_SAMPLES);
        assertThat(groups.get(1).type()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(groups.get(1).count()).isEqualTo(10);
    }

    @Test
    void tellsPlacesApartWhereMessagesSayNothing() {
        for (int i = 0; i < 300; i++) {
            add(new IllegalStateException(word()));
            add(new IllegalStateException(word()));
            add(new IllegalStateException("pool exhausted"));
        }

        assertThat(log.groups())
                .extracting(FailureGroup::count, group -> group.shape().replaceAll("java:\\d+", "java"))
                .containsExactly(
                        tuple(300L, "pool exhausted"),
                        tuple(300L, merged("tellsPlacesApartWhereMessagesSayNothing")),
                        tuple(300L, merged("tellsPlacesApartWhereMessagesSayNothing")));
    }

    private static String merged(String method) {
        return "# (thrown at " + FailureLogTests.class.getName() + "." + method + "(FailureLogTests.java))";
    }

    @Test
    void namesATypeThatWasThrownAtEverNewPlaces() {
        for (int i = 0; i < 2_000; i++) {
            IllegalStateException failure = new IllegalStateException("step " + word());
            failure.setStackTrace(
                    new StackTraceElement[] {new StackTraceElement("shop.Step" + i, "run", "Step.java", i)});
            add(failure);
        }
        add(new IllegalArgumentException("once"));

        assertThat(log.groups())
                .extracting(FailureGroup::shape)
                .containsExactly("step # (thrown at several places)", "once");
    }

    @Test
    void namesTheTypesThatHaveNoGroupAndSaysHowManyMore() {
        for (String type : TYPES) {
            add(made(type));
            add(made(type));
        }

        List<FailureGroup> groups = log.groups();

        assertThat(groups).hasSize(FailureLog.MAX_GROUPS + 1);
        assertThat(groups.get(0).type()).isEqualTo("(other)");
        assertThat(groups.get(0).count()).isEqualTo(30);
        assertThat(groups.get(0).shape())
                .isEqualTo("beside 50 other causes: " + String.join(", ", TYPES.subList(50, 60)) + " and 5 more types");
    }

    @Test
    void losesNoFailureOfManyThreads() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() -> {
                    SplittableRandom words = new SplittableRandom(thread);
                    for (int i = 0; i < 2_000; i++) {
                        log.add(i, i, new IllegalStateException("x" + Long.toString(words.nextLong(), 36)));
                        log.add(i, i, new RuntimeException("same"));
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(log.groups().stream().mapToLong(FailureGroup::count).sum()).isEqualTo(16_000);
        assertThat(log.groups())
                .allSatisfy(group -> assertThat(group.samples()).hasSizeBetween(1, FailureLog.MAX_SAMPLES));
    }

    @Test
    void copiesWhatWasThrownDownToTheTest() throws IOException, ClassNotFoundException {
        IllegalStateException failure = new IllegalStateException("lost", new NotSerializable("inner"));
        failure.addSuppressed(new RuntimeException("beside"));
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.List", "get", "List.java", 1),
            new StackTraceElement("shop.Order", "deep", "Order.java", 2),
            new StackTraceElement("shop.OrderTest", "order", "OrderTest.java", 3),
            new StackTraceElement("java.lang.invoke.LambdaForm", "invoke", null, 4),
            new StackTraceElement("io.stampede.junit.MethodOperation", "run", "MethodOperation.java", 5),
            new StackTraceElement("io.stampede.internal.engine.PhaseRun", "run", "PhaseRun.java", 6),
            new StackTraceElement("java.lang.Thread", "run", "Thread.java", 7)
        });

        add(failure);

        Throwable copy = again(log.groups().get(0).samples().get(0).thrown());
        assertThat(printed(copy))
                .startsWith("java.lang.IllegalStateException: lost")
                .contains("at java.util.List.get(List.java:1)", "at shop.OrderTest.order(OrderTest.java:3)")
                .contains("Caused by: " + NotSerializable.class.getName() + ": inner")
                .contains("Suppressed: java.lang.RuntimeException: beside")
                .doesNotContain("LambdaForm", "PhaseRun", "Thread.java");
    }

    @Test
    void copiesExceptionsThatCannotBeReadOrNeverEnd() {
        add(new Spiteful());
        add(new RuntimeException("turns in a circle", new Circular()));
        Throwable chain = new RuntimeException("end");
        for (int i = 0; i < 1000; i++) {
            chain = new RuntimeException("link", chain);
        }
        add(chain);
        add(overflow());

        assertThat(log.groups())
                .hasSize(4)
                .allSatisfy(group -> assertThat(printed(group.samples().get(0).thrown()))
                        .startsWith(group.type())
                        .hasSizeLessThan(100_000));
    }

    private void add(Throwable failure) {
        log.add(0, 0, failure);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            word.append((char) ('g' + random.nextInt(19)));
        }
        return word.toString();
    }

    private static Throwable overflow() {
        try {
            return new IllegalStateException("recursion ended at " + depth(1));
        } catch (StackOverflowError e) {
            return e;
        }
    }

    private static int depth(int n) {
        return n == Integer.MAX_VALUE ? n : 1 + depth(n + 1);
    }

    private static String printed(@Nullable Throwable failure) {
        StringWriter text = new StringWriter();
        Objects.requireNonNull(failure).printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Throwable again(@Nullable Throwable failure) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Throwable) in.readObject();
        }
    }

    private static Throwable made(String type) {
        try {
            return Class.forName(type)
                    .asSubclass(Throwable.class)
                    .getDeclaredConstructor(String.class)
                    .newInstance("gone");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type, e);
        }
    }

    /** 65 of the JDK's. */
    private static final List<String> TYPES = Stream.of(
                    "java.lang Arithmetic ArrayIndexOutOfBounds ArrayStore ClassCast ClassNotFound CloneNotSupported"
                            + " IllegalArgument IllegalMonitorState IllegalState IllegalThreadState IndexOutOfBounds"
                            + " Instantiation Interrupted NegativeArraySize NoSuchField NoSuchMethod NullPointer"
                            + " NumberFormat ReflectiveOperation Runtime Security StringIndexOutOfBounds"
                            + " UnsupportedOperation AbstractMethodError ClassCircularityError ClassFormatError"
                            + " IllegalAccessError IncompatibleClassChangeError InstantiationError InternalError"
                            + " LinkageError NoClassDefFoundError NoSuchFieldError NoSuchMethodError OutOfMemoryError"
                            + " StackOverflowError UnknownError UnsatisfiedLinkError UnsupportedClassVersionError"
                            + " VerifyError",
                    "java.io IO EOF FileNotFound InvalidObject NotActive NotSerializable StreamCorrupted SyncFailed"
                            + " UTFDataFormat UnsupportedEncoding InvalidClass CharConversion",
                    "java.net Bind Connect MalformedURL NoRouteToHost PortUnreachable Protocol Socket SocketTimeout"
                            + " UnknownHost UnknownService",
                    "java.util NoSuchElement ConcurrentModification InputMismatch")
            .flatMap(FailureLogTests::types)
            .toList();

    private static Stream<String> types(String line) {
        String[] words = line.split(" ");
        return Stream.of(words)
                .skip(1)
                .map(name -> words[0] + "." + name + (name.endsWith("Error") ? "" : "Exception"));
    }

    private static final class NotSerializable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "UnusedVariable"})
        final Object connection = new Object();

        NotSerializable(String message) {
            super(message);
        }
    }

    /** Every method of it throws. */
    private static final class Spiteful extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no trace");
        }
    }

    /** Its own cause. */
    private static final class Circular extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }
}
