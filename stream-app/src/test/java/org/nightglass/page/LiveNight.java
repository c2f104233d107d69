package org.nightglass.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.nightglass.app.NightglassApp;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.simulate.NightSimulator;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * The real application with a small simulated night: {@value #PLANNED} spectra in eight fields are
 * planned, and come in when a test sends them.
 */
final class LiveNight implements AutoCloseable {
  static final String NIGHT = "20251221";
  static final String TOKEN = LiveApplication.TOKEN;
  static final int PLANNED = 400;

  private static final int FIBRES_PER_FIELD = 50;
  private static final int AT_FIRST = 200;
  private static final long SEED = 11;

  private final LiveApplication application;
  private final NightSimulator simulator = new NightSimulator(SEED, NIGHT, FIBRES_PER_FIELD);
  private int sent;

  private LiveNight(LiveApplication application) {
    this.application = application;
  }

  /** Starts everything, makes the plan known, and sends the night's first spectra. */
  static LiveNight start() throws IOException {
    LiveNight night =
        new LiveNight(
            new LiveApplication(
                "America/Denver", // the simulated telescope's
                config -> NightglassApp.start(config, LiveApplication.bundles())));
    night.announce();
    night.send(AT_FIRST);
    return night;
  }

  String address() {
    return uri().toString();
  }

  URI uri() {
    return application.uri();
  }

  /** Sends the night's next spectra; they are with the broker when this returns. */
  void send(int count) {
    List<CompletableFuture<?>> under = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      under.add(application.send(spectrum(sent++)));
    }
    CompletableFuture.allOf(under.toArray(CompletableFuture[]::new)).join();
  }

  private ObservedSpectrum spectrum(int index) {
    return simulator.spectrum(index).spectrum();
  }

  private void announce() {
    List<PlannedTarget> plan = new ArrayList<>();
    for (int i = 0; i < PLANNED; i++) {
      Observation observation = spectrum(i).observation();
      if (observation.kind() == ObjectKind.TARGET) {
        plan.add(planned(observation));
      }
    }
    application.announce(NIGHT, plan, Instant.parse("2025-12-22T06:30:00Z"));
  }

  private static PlannedTarget planned(Observation observation) {
    return LiveApplication.planned(NIGHT, observation)
        .setGoalSnr(3.0)
        .setGoalEffectiveSeconds(900.0)
        .setMinTimeFraction(0.85)
        .setMinGoodFibres(20)
        .setPlannedExposureSeconds(900.0)
        .setMaxExposureSeconds(1800.0)
        .setPlannedAt(Instant.parse("2025-12-21T20:00:00Z"))
        .build();
  }

  /** What the API answers to a path under {@code /api/v1/}. */
  JsonNode api(String path) {
    return application.api(path);
  }

  /** A name as it stands in a path. */
  static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() throws IOException {
    application.close();
  }
}
