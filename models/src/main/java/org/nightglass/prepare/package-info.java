/** From arms as observed to one row on the model's grid. */
@NullMarked
package org.nightglass.prepare;

import org.jspecify.annotations.NullMarked;
