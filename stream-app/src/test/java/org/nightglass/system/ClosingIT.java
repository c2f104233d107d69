package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.account.Step;
import org.nightglass.app.Cluster;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.simulate.NightSimulator;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * The observer closes a night while most of its spectra still wait for the model, and the instance
 * that heard it is killed: the night is closed once all of them have been counted, and only what
 * comes after that revises it.
 */
class ClosingIT {
  private static final String NAME = "closing";
  private static final String NIGHT = "20251221";
  private static final String WHOLE_NIGHT = NIGHT + "///";
  private static final int SPECTRA = 3_000; // seconds of work for any machine: the road is long
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  private final Map<String, String> settings = new HashMap<>();

  private NightglassConfig configure(EmbeddedParts parts) {
    settings.put(Settings.APPLICATION_ID, NAME);
    settings.put(Settings.HTTP_ENABLED, "false");
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver");
    settings.put(Settings.NIGHT_CLOSE_GRACE, "864000");
    settings.put(Settings.NIGHT_CLOSE_LONGEST, "86400");
    settings.put(Settings.BATCH_MAX_SIZE, "32");
    Map<String, String> all = new HashMap<>(settings);
    all.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
    all.put(Settings.REGISTRY_URL, parts.registryUrl());
    return NightglassConfig.of("test", all);
  }

  private ApplicationProcess start(EmbeddedParts parts, String instance) throws IOException {
    List<String> options = new ArrayList<>();
    settings.forEach((key, value) -> options.addAll(List.of("-D", key + "=" + value)));
    return ApplicationProcess.start(
        parts.bootstrapServers(), parts.registryUrl(), folder.resolve(instance), instance, options);
  }

  private static SpectrumSender sender(NightglassConfig config) {
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    return SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
  }

  /** Waits for a status of the night, and for figures that say the same. */
  private static NightStatus await(NightProducts products, Predicate<NightStatus> wanted) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              products.poll();
              NightStatus status = products.nights.get(NIGHT);
              NightYield yield = products.yields.get(WHOLE_NIGHT);
              return status != null
                  && wanted.test(status)
                  && yield != null
                  && yield.getState() == status.getState();
            });
    return products.nights.get(NIGHT);
  }

  @Test
  void shouldCloseANightOnceWhatWasOnTheRoadIsCounted() throws Exception {
    NightSimulator simulator = new NightSimulator(7, NIGHT, 100);
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, folder.resolve("parts"))) {
      NightglassConfig config = configure(parts);
      assertThat(Cluster.prepareTopics(config)).isEmpty();
      try (NightProducts products = new NightProducts(config, (progress, at) -> {});
          StepSender words = new StepSender(config);
          SpectrumSender telescope = sender(config)) {
        Set<String> targets = new HashSet<>();
        for (int i = 0; i < SPECTRA; i++) {
          ObservedSpectrum spectrum = simulator.spectrum(i).spectrum();
          if (spectrum.observation().kind() == ObjectKind.TARGET) {
            targets.add(spectrum.observation().targetId());
          }
          telescope.send(spectrum).join();
        }
        words.send(closed());
        words.flush();

        try (ApplicationProcess first = start(parts, "first")) {
          await(products, status -> status.getClosingSince() != null);
          first.kill();
          assertThat(products.nights.get(NIGHT).getState()).isEqualTo(NightState.OPEN);
          assertThat(products.yields.get(WHOLE_NIGHT).getObserved()).isLessThan(targets.size());
        }

        try (ApplicationProcess second = start(parts, "second")) {
          NightStatus status = await(products, one -> one.getState() == NightState.CLOSED);
          assertThat(products.yields.get(WHOLE_NIGHT).getObserved()).isEqualTo(targets.size());
          assertThat(status.getClosedBy()).isEqualTo("observer");
          assertThat(status.getClosingSince()).isNull();

          telescope.send(simulator.spectrum(SPECTRA).spectrum()).join();
          await(products, one -> one.getState() == NightState.REVISED);
          assertThat(products.faults).isEmpty();
          assertThat(second.alive()).as(second.log()).isTrue();
        }
      }
    }
  }

  private static Step closed() {
    NightEvent event =
        new NightEvent(
            NIGHT, "apo", NightEventType.CLOSED, Instant.now(), "observer", null, "simulated");
    return new Step(Step.Input.NIGHT_EVENTS, NIGHT, event);
  }
}
