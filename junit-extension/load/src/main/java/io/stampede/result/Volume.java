package io.stampede.result;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much was run.
 *
 * @param planned operations of the phases that were run; a stress test may stop before its last planned step, and adds
 *     steps if it searches
 * @param started how many began
 * @param elapsed from the first due time to the end of the last operation; without recovery and settling between steps
 * @since 0.1
 */
public record Volume(long planned, long started, Duration elapsed) implements Serializable {}
