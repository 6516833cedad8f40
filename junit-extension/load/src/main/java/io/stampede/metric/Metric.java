package io.stampede.metric;

import java.io.Serializable;

/**
 * What a target speaks of: a measure and a statistic of it, such as {@code queue time p95}.
 *
 * @param measure in lower case with single blanks: {@code response time} (also written {@code queue time}), {@code service
 *     time}, {@code lag}, {@code throughput}, {@code success rate}, or the name of a gauge
 * @param statistic {@code p95} and the like, {@code max}, {@code mean}, {@code last}; empty where the measure has but one
 *     value, or for a gauge's own
 * @param label as the user wrote it, for tables
 * @since 0.1
 */
public record Metric(String measure, String statistic, String label) implements Serializable {}
