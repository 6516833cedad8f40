/** The extension reused on a service that has nothing to do with conversations. */
@NullMarked
package io.stampede.examples.shop;

import org.jspecify.annotations.NullMarked;
