/** AssertJ assertions on results; needs AssertJ on the class path of the tests. */
@NullMarked
package io.stampede.assertj;

import org.jspecify.annotations.NullMarked;
