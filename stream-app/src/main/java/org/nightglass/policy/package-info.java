/**
 * What a survey wants: by programme, when a redshift is accepted, how many observations a target
 * deserves, when a field is done. Read from the configuration's {@code programme.*} keys; used by
 * every product of the night's account, so that "done" means one thing everywhere.
 *
 * <pre>
 *  programme.dark.accept.snr=0.5 ─► PolicyReader ─► Policies ─► ProgrammePolicy ─► Acceptance
 *                                   (all faults)    by name                     └► SnrRule
 * </pre>
 */
@NullMarked
package org.nightglass.policy;

import org.jspecify.annotations.NullMarked;
