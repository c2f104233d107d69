/**
 * The main job on embedded parts: a broker, a registry, a night of spectra, the application, and
 * the account.
 */
@NullMarked
package org.nightglass.demo;

import org.jspecify.annotations.NullMarked;
