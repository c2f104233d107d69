/**
 * How Nightglass's records lie in bytes: Avro in the Confluent wire format, pixels packed.
 *
 * <pre>
 *  byte 0      1 2 3 4              5 …
 *  ┌──────┬────────────────┬───────────────────────┐
 *  │  0   │ schema id (BE) │ Avro binary encoding  │   bytes fields of pixels: packed little-endian numbers
 *  └──────┴────────────────┴───────────────────────┘
 * </pre>
 *
 * <p>The schemas are the files in {@code src/main/avro}; the classes generated from them are in
 * {@code org.nightglass.avro}. {@code registry} finds schemas by id, {@code serde} joins both for
 * Kafka.
 */
@NullMarked
package org.nightglass.schemas;

import org.jspecify.annotations.NullMarked;
