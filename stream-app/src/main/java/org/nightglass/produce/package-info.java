/** The producer's side: spectra to Avro events to Kafka, for replays, demos, and as an example. */
@NullMarked
package org.nightglass.produce;

import org.jspecify.annotations.NullMarked;
