/**
 * Kafka's serializer, deserializer and serde for Avro records in the wire format.
 *
 * <pre>
 *  byte[] ──► WireFormat ──► SchemaRegistryClient ──► SchemaGuard ──► BoundedDecoder ──► T
 *             (schema id)     (writer's schema)       (can it be read   (no length is believed
 *                                                      as a T?)          that the bytes cannot hold)
 * </pre>
 *
 * <p>Configured by class name and by Confluent's own keys, so that Confluent's classes can stand in
 * their place.
 */
@NullMarked
package org.nightglass.schemas.serde;

import org.jspecify.annotations.NullMarked;
