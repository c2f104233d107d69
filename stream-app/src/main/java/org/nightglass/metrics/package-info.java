/**
 * What is measured: every name in {@link org.nightglass.metrics.Metric}, and who fills in which.
 */
@NullMarked
package org.nightglass.metrics;

import org.jspecify.annotations.NullMarked;
