package org.nightglass.app;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.Topology;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Serdes;
import org.nightglass.config.Settings;
import org.nightglass.night.Observatory;
import org.nightglass.publish.RejectWriter;
import org.nightglass.topology.NightTopology;
import org.nightglass.topology.Road;

/** Puts the account of the night together as a configuration wants it. */
final class NightAccount {
  private NightAccount() {}

  static Topology topology(NightglassConfig config, Observatory observatory, Road road) {
    Clock clock = Clock.systemUTC();
    NightTopology.Inputs inputs =
        new NightTopology.Inputs(
            Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, SpectrumResult.class),
            Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, Reject.class),
            Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, PlannedTarget.class),
            Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, NightEvent.class),
            Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, TargetOverride.class));
    NightTopology.Products products =
        new NightTopology.Products(
            Serdes.configured(config, Settings.SERDE_NIGHT_PRODUCT, NightYield.class),
            Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, NightStatus.class));
    return NightTopology.build(
        config.topics(),
        new NightTopology.Rhythm(
            config.milliseconds(Settings.NIGHT_UPDATE_INTERVAL),
            config.milliseconds(Settings.NIGHT_COMMIT_INTERVAL),
            Duration.ofSeconds(config.longInteger(Settings.NIGHT_CLOSE_GRACE)),
            Duration.ofSeconds(config.longInteger(Settings.NIGHT_CLOSE_LONGEST)),
            config.integer(Settings.TOPICS_PARTITIONS)),
        new NightTopology.Parts(
            config.policies(),
            observatory,
            new RejectWriter(
                StreamsSettings.nightApplicationId(config), Version.text(), observatory, clock),
            inputs,
            products,
            road,
            clock));
  }
}
