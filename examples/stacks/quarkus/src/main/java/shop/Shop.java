package shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Sells teapots and counts them. */
@ApplicationScoped
public class Shop {
    private final AtomicLong sold = new AtomicLong();

    public long sell() {
        return sold.incrementAndGet();
    }

    public long sold() {
        return sold.get();
    }
}
