/** How users' classes and the files beside them are reached, also in a named module. */
@NullMarked
package io.stampede.internal.access;

import org.jspecify.annotations.NullMarked;
