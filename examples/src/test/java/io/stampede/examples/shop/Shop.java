package io.stampede.examples.shop;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A small in-memory shop: a checkout reserves stock at once and is paid by a few cashiers. */
final class Shop implements AutoCloseable {

    private static final int CASHIERS = 8;
    private static final Duration PAYMENT = Duration.ofMillis(1);
    private static final Duration SHIPPING = Duration.ofMillis(80);

    private final Map<String, AtomicInteger> stock = new ConcurrentHashMap<>();
    private final Set<String> customers = ConcurrentHashMap.newKeySet();
    private final Set<String> redeemed = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Runnable> line = new LinkedBlockingQueue<>(10_000);
    private final ThreadPoolExecutor cashiers =
            new ThreadPoolExecutor(CASHIERS, CASHIERS, 0, TimeUnit.SECONDS, line, task -> {
                Thread thread = new Thread(task, "cashier");
                thread.setDaemon(true);
                return thread;
            });
    private final AtomicInteger sold = new AtomicInteger();

    Shop(String article, int amount) {
        stock.put(article, new AtomicInteger(amount));
    }

    /** Another article, and how many of it there are. */
    Shop stock(String article, int amount) {
        stock.put(article, new AtomicInteger(amount));
        return this;
    }

    /** Knows who it is from now on. */
    void signIn(String email) {
        if (!email.contains("@")) {
            throw new IllegalArgumentException("Not an address: " + email);
        }
        customers.add(email);
    }

    /** Takes a voucher, which no other customer can then use. */
    void redeem(String code) {
        if (!redeemed.add(code)) {
            throw new IllegalStateException("Redeemed before: " + code);
        }
    }

    /** Takes one from the stock. */
    void reserve(String article) {
        AtomicInteger left = stock.get(article);
        if (left == null || left.getAndDecrement() <= 0) {
            throw new IllegalStateException("Sold out: " + article);
        }
    }

    /** Reserves, then pays; ends when the payment is through. */
    CompletionStage<Integer> checkout(String article) {
        reserve(article);
        return CompletableFuture.supplyAsync(
                () -> {
                    LockSupport.parkNanos(PAYMENT.toNanos());
                    return sold.incrementAndGet();
                },
                cashiers);
    }

    /** Reserves, then hands over to a carrier, who takes his time whether there are many parcels or few. */
    CompletionStage<Integer> ship(String article) {
        reserve(article);
        return CompletableFuture.supplyAsync(
                sold::incrementAndGet, CompletableFuture.delayedExecutor(SHIPPING.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The share of the cashiers who serve a customer, 0 to 1. */
    double cashiersAtWork() {
        return cashiers.getActiveCount() / (double) CASHIERS;
    }

    /** Customers in line. */
    int waiting() {
        return line.size();
    }

    int sold() {
        return sold.get();
    }

    @Override
    public void close() {
        cashiers.shutdownNow();
    }
}
