/**
 * How the stages hang together in Kafka Streams: {@link
 * org.nightglass.topology.NightglassTopology}.
 */
@NullMarked
package org.nightglass.topology;

import org.jspecify.annotations.NullMarked;
