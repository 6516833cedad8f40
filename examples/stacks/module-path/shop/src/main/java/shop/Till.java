package shop;

import java.util.concurrent.atomic.AtomicInteger;

public final class Till {
    private final AtomicInteger receipts = new AtomicInteger();

    int pay() { // for the tests in this package
        return receipts.incrementAndGet();
    }
}
