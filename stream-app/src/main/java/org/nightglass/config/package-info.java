/**
 * Settings: one definition of each, with its type, default, check and text; checked as a whole at
 * start.
 */
@NullMarked
package org.nightglass.config;

import org.jspecify.annotations.NullMarked;
