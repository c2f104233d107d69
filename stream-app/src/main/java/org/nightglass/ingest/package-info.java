/**
 * The way in: from a record's bytes to a spectrum as observed, or to a rejection that says why not.
 *
 * <p>A spectrum goes one way through the packages of this module and of {@code nightglass-models};
 * each stage takes the previous stage's type and returns the next, and none imports a later one:
 *
 * <pre>
 *  ingest ──► prepare ──► batch ──► infer ──► decide ──► publish
 *    │           │          │
 *    └───────────┴──────────┴──► rejects
 * </pre>
 *
 * Only {@code topology} and {@code batch} know Kafka Streams; only {@code infer} and {@code train}
 * know TensorFlow.
 */
@NullMarked
package org.nightglass.ingest;

import org.jspecify.annotations.NullMarked;
