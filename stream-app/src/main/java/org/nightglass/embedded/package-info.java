/**
 * A broker and a schema registry for a machine that has neither: the demonstration, the {@code
 * broker} command and the tests run against the same software that a site runs, on loopback only.
 *
 * <pre>
 *   this JVM                                    child JVM
 *   EmbeddedBroker  (Kafka, KRaft, one node)    EmbeddedRegistry → RegistryLauncher → Apicurio
 *     └ data/                                     └ data/            ends when its parent does
 * </pre>
 */
@NullMarked
package org.nightglass.embedded;

import org.jspecify.annotations.NullMarked;
