/**
 * The application as a whole: what it needs of a cluster, how it starts, says that it is ready, and
 * stops.
 */
@NullMarked
package org.nightglass.app;

import org.jspecify.annotations.NullMarked;
