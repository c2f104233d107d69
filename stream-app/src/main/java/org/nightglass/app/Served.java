package org.nightglass.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Serdes;
import org.nightglass.config.Settings;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.Precision;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.serve.NightglassServer;
import org.nightglass.serve.ServedApplication;

/** Puts a running application on the network. */
public final class Served {
  private Served() {}

  /**
   * Starts the HTTP server of an application, where its configuration has one.
   *
   * @return the server, closed by the caller before the application; empty where none is wanted
   */
  public static Optional<NightglassServer> start(NightglassConfig config, NightglassApp app) {
    if (!config.flag(Settings.HTTP_ENABLED)) {
      return Optional.empty();
    }
    Path folder =
        StreamsSettings.stateDir(config)
            .resolve("read-model")
            .resolve(config.string(Settings.APPLICATION_ID));
    return Optional.of(
        NightglassServer.start(
            served(
                config,
                folder,
                app.card(),
                app.precision(),
                app.metrics(),
                app::reasonsNotReady,
                app::reasonsBroken)));
  }

  /**
   * Starts a server on loopback that answers from the topics without working on any spectrum, for a
   * look at a night past.
   *
   * @param shippedBundles folder of the bundles that come with Nightglass
   * @param folder of its own, for what it reads
   * @return the server, closed by the caller
   */
  public static NightglassServer reading(
      NightglassConfig config, Path shippedBundles, Path folder) {
    List<String> faults = Cluster.checkTopics(config);
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException("report", faults);
    }
    return NightglassServer.start(
        served(
            config.onLoopback(),
            folder,
            NightglassApp.findBundle(config, shippedBundles).card(),
            null,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List::of,
            List::of));
  }

  private static ServedApplication served(
      NightglassConfig config,
      Path folder,
      ModelCard card,
      @Nullable Precision precision,
      PrometheusMeterRegistry metrics,
      Supplier<List<String>> reasonsNotReady,
      Supplier<List<String>> reasonsBroken) {
    return new ServedApplication(
        config,
        Version.text(),
        folder,
        card,
        precision,
        new SpectrumReader(Serdes.configured(config, Settings.SERDE_SPECTRUM, Spectrum.class)),
        metrics,
        reasonsNotReady,
        reasonsBroken);
  }
}
