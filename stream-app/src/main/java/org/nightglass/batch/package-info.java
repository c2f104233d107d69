/**
 * The micro-batcher: holds spectra back for a moment, so that the model runs on many at once,
 * without ever losing or doubling one.
 *
 * <pre>
 *   process(record) ──► MicroBatcher ──┬─ full ────────────────────────────┐
 *                       (one a thread) ├─ the oldest has waited its linger ├──► IsolatingRunner ──► forward, each
 *                                      └─ a task commits ──────────────────┘    (halves on failure)  in its own context
 *                                           ▲
 *                     DrainOnCommitStore ───┘  called by Kafka Streams before it collects the offsets to commit
 * </pre>
 *
 * The invariant: when a task's offsets are collected for a commit, nothing of it is in the buffer.
 * So an offset is only ever committed together with, in the same transaction as, the result or the
 * reject of its record.
 */
@NullMarked
package org.nightglass.batch;

import org.jspecify.annotations.NullMarked;
