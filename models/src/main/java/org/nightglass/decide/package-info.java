/** From probabilities to a class, a redshift with its error, and warnings. */
@NullMarked
package org.nightglass.decide;

import org.jspecify.annotations.NullMarked;
