/**
 * The command line. Each command parses its options, calls the packages that do the work, and
 * prints.
 */
@NullMarked
package org.nightglass.cli;

import org.jspecify.annotations.NullMarked;
