/** Spectra with known class and redshift, seeded. */
@NullMarked
package org.nightglass.simulate;

import org.jspecify.annotations.NullMarked;
