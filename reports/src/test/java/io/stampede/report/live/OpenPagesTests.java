package io.stampede.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenPagesTests {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000_000); // as it may overflow
    private final OpenPages pages = new OpenPages(clock::get);

    @Test
    void aPageIsOpenUntilItSaysGoodbyeOrWasNotHeardOfForAWhile() {
        pages.heardOf("1");
        pages.heardOf("2");

        pages.goodbye("1");
        assertThat(pages.isAny()).isTrue();
        pass(Duration.ofMillis(4_999));
        assertThat(pages.isAny()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(pages.isAny()).isFalse();
    }

    @Test
    void hearsOfAPageAfterManyThatWereClosedWithoutAWord() {
        for (int i = 0; i < OpenPages.MAX_PAGES; i++) {
            pages.heardOf("closed " + i);
        }
        pass(Duration.ofSeconds(5));

        pages.heardOf("open");

        assertThat(pages.isAny()).isTrue();
        pages.goodbye("open");
        assertThat(pages.isAny()).isFalse();
    }

    @Test
    void knowsABoundedNumberOfPagesAndHearsOfThoseOn() {
        for (int i = 0; i < 3 * OpenPages.MAX_PAGES; i++) {
            pages.heardOf("page " + i);
        }
        pass(Duration.ofSeconds(4));
        for (int i = 0; i < OpenPages.MAX_PAGES; i++) {
            pages.heardOf("page " + i);
        }
        pass(Duration.ofSeconds(4));
        assertThat(pages.isAny()).isTrue();

        for (int i = 0; i < OpenPages.MAX_PAGES; i++) {
            pages.goodbye("page " + i);
        }

        assertThat(pages.isAny()).isFalse();
    }

    @Test
    void doesNotCountAPageBeyondTheBound() {
        for (int i = 0; i <= OpenPages.MAX_PAGES; i++) {
            pages.heardOf("page " + i);
        }

        for (int i = 0; i < OpenPages.MAX_PAGES; i++) {
            pages.goodbye("page " + i);
        }

        assertThat(pages.isAny()).isFalse();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
