package org.nightglass.app;

import java.nio.file.Path;
import java.util.Optional;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
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
            new ServedApplication(
                config,
                Version.text(),
                folder,
                app.card(),
                new SpectrumReader(
                    Serdes.configured(config, Settings.SERDE_SPECTRUM, Spectrum.class)),
                app.metrics(),
                app::reasonsNotReady,
                app::reasonsBroken)));
  }
}
