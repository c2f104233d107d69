/** The account of a night and of the survey: what came out, against what was planned. */
@NullMarked
package org.nightglass.account;

import org.jspecify.annotations.NullMarked;
