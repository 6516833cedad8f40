package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the target came back after the load.
 *
 * @param took from the last operation's end until every judged gauge kept its target, or until the watch ended
 * @param recovered whether they all did
 * @param limit how long it may take
 * @since 0.1
 */
public record Recovery(Duration took, boolean recovered, Duration limit) implements Serializable {}
