/** Reports of load tests: files, charts, and Allure. Found by {@link java.util.ServiceLoader}; nothing to call. */
@NullMarked
package io.stampede.reports;

import org.jspecify.annotations.NullMarked;
