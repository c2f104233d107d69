/**
 * From prepared spectra to class probabilities and redshift distributions: model bundles and the
 * engine that runs them.
 */
@NullMarked
package org.nightglass.infer;

import org.jspecify.annotations.NullMarked;
