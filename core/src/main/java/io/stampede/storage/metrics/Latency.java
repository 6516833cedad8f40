package io.stampede.storage.metrics;

import java.time.Duration;

/**
 * A summary of a histogram. Where nothing was recorded, {@code count} is 0 and every time is zero.
 *
 * @param count how many times were recorded
 * @param mean their mean
 * @param p50 half of them were at most this
 * @param p90 90 % were at most this
 * @param p95 95 % were at most this
 * @param p99 99 % were at most this
 * @param p999 99.9 % were at most this
 * @param max the longest
 * @since 0.1
 */
public record Latency(
        long count,
        Duration mean,
        Duration p50,
        Duration p90,
        Duration p95,
        Duration p99,
        Duration p999,
        Duration max) {}
