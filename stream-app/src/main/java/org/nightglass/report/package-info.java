/**
 * The report of a night, for the morning's telecon and the archive: one page with every plot
 * inside, and tables in CSV and FITS. All of it comes from the API, that of a running instance or
 * one started for the purpose.
 */
@NullMarked
package org.nightglass.report;

import org.jspecify.annotations.NullMarked;
