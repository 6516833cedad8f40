/** What single steps of the engine cost, with JMH. */
@NullMarked
package io.stampede.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
