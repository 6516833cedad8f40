/**
 * What Allure gets of a run, and the entry points that JUnit and Stampede find by {@link java.util.ServiceLoader}. Knows all other
 * packages of the reports; none of them knows it.
 */
@NullMarked
package io.stampede.report.allure;

import org.jspecify.annotations.NullMarked;
