/**
 * A client of the schema registry's REST API, as Confluent, Karapace, Redpanda and Apicurio speak
 * it.
 *
 * <pre>
 *  SchemaRegistryClient ──► RegistryTransport ──► java.net.http
 *  (caches)                 (auth, failover, retry with back-off)
 * </pre>
 *
 * <p>A call fails in one of three ways, and what to do differs: {@link
 * org.nightglass.schemas.registry.RegistryException.NotFound} will not get better, {@link
 * org.nightglass.schemas.registry.RegistryException.Refused} needs a person, {@link
 * org.nightglass.schemas.registry.RegistryException.Unavailable} passes.
 */
@NullMarked
package org.nightglass.schemas.registry;

import org.jspecify.annotations.NullMarked;
