/** Which night an exposure belongs to. */
@NullMarked
package org.nightglass.night;

import org.jspecify.annotations.NullMarked;
