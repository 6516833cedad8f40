/** Boots the conversation storage optimizer for load tests: on containers, embedded services or external ones. */
@NullMarked
package io.stampede.junit.storage;

import org.jspecify.annotations.NullMarked;
