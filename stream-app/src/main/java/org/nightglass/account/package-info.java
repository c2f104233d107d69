/**
 * The account of the night, free of Kafka: what is known of each target, what follows from it, and
 * how it adds up. Everything here is a pure function of the events; the topology only carries them.
 *
 * <pre>
 *  results ─┐
 *  rejects ─┤  TargetEvent   ┌────────┐   Standing of the night,   ┌───────────┐   YieldWriter ─► night-yield
 *  plan    ─┼───────────────►│ Ledger │── of the field, of the  ──►│ Counters  │── FieldWriter ─► field-progress
 *  overrides┘  by target     └────────┘   survey: old out, new in  │ per Scope │   YieldWriter ─► survey-yield
 *                                 │                                └───────────┘
 *                                 └─ Verdict ─► TargetWriter ─► target-state
 * </pre>
 *
 * <p>The ledger keeps facts; a {@link org.nightglass.account.Standing} is what they come to under
 * the policy of the day, and is kept as it was published, so that taking it out of the counters
 * leaves nothing behind, even if the policy has changed since. Counters are whole numbers under
 * names, so adding and taking out are exact, in any order.
 */
@NullMarked
package org.nightglass.account;

import org.jspecify.annotations.NullMarked;
