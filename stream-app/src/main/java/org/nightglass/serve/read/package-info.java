/**
 * The read model: what an instance knows of every night, field and target, so that it can answer by
 * itself.
 *
 * <pre>
 *  nights ─────────┐
 *  night-yield ────┤                                   ┌─► Store (RocksDB) ─► documents, result rows
 *  survey-yield ───┤    TopicReader                    │      offsets and what follows from the
 *  field-progress ─┼──► one thread, all partitions, ───┤      records: in one write
 *  target-state ───┤    committed records only         ├─► NightTables ─► a night's rows in memory
 *  results ────────┤                                   └─► EventLog ─► listeners
 *  rejects ────────┘
 * </pre>
 *
 * <p>No consumer group, no rebalancing: every instance reads everything, and goes on after a
 * restart where its store ends. A store that belongs to another cluster, or to topics made anew
 * since, is thrown away and filled again.
 */
@NullMarked
package org.nightglass.serve.read;

import org.jspecify.annotations.NullMarked;
