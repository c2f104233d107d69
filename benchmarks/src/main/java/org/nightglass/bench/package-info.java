/**
 * What the application reaches, measured against what its model could reach alone, in one run.
 *
 * <p>{@link org.nightglass.bench.BenchCommand} says what is measured and how; {@code micro} holds
 * the JMH benchmarks of the small parts.
 */
@NullMarked
package org.nightglass.bench;

import org.jspecify.annotations.NullMarked;
