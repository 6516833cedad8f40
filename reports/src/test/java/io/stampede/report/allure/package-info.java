@NullMarked
package io.stampede.report.allure;

import org.jspecify.annotations.NullMarked;
