/** Load tests in code, without annotations. */
@NullMarked
package io.stampede;

import org.jspecify.annotations.NullMarked;
