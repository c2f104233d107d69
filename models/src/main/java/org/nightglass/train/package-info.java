/** Networks, training, export. */
@NullMarked
package org.nightglass.train;

import org.jspecify.annotations.NullMarked;
