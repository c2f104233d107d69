package org.nightglass.schemas.registry;

import org.apache.avro.Schema;

/**
 * A version of a subject.
 *
 * @param subject the subject, for instance {@code nightglass.spectra-value}
 * @param version its version, from 1
 * @param id the schema's id in the registry, as it stands in the wire format
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
