package org.nightglass.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.nightglass.app.NightglassApp;
import org.nightglass.app.Served;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Demo;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.produce.RecordSender;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.serve.NightglassServer;
import org.nightglass.simulate.NightSimulator;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * The real application on an embedded broker, with a small simulated night: {@value #PLANNED}
 * spectra in eight fields are planned, and come in when a test sends them.
 */
final class LiveNight implements AutoCloseable {
  static final String NIGHT = "20251221";
  static final String TOKEN = "the-observers-word";
  static final int PLANNED = 400;

  private static final int FIBRES_PER_FIELD = 50;
  private static final int AT_FIRST = 200;
  private static final long SEED = 11;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedParts parts;
  private final NightglassConfig config;
  private final NightglassApp app;
  private final NightglassServer server;
  private final SpectrumSender sender;
  private final RecordSender<PlannedTarget> plan;
  private final RecordSender<NightEvent> events;
  private final NightSimulator simulator = new NightSimulator(SEED, NIGHT, FIBRES_PER_FIELD);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path state;
  private int sent;

  private LiveNight(EmbeddedParts parts, Path state, Path bundles) {
    this.parts = parts;
    this.state = state;
    Map<String, String> settings =
        new HashMap<>(Demo.settings(parts.bootstrapServers(), parts.registryUrl(), state));
    settings.put(Settings.APPLICATION_ID, "page");
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver"); // the simulated telescope's
    settings.put(Settings.HTTP_PORT, "0");
    settings.put(Settings.HTTP_TOKEN, TOKEN);
    this.config = NightglassConfig.of("test", settings);
    this.app = NightglassApp.start(config, bundles);
    app.ready().join();
    this.server = Served.start(config, app).orElseThrow();
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    this.sender = SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
    this.plan = records(config.topics().plan());
    this.events = records(config.topics().nightEvents());
  }

  private <T extends SpecificRecord> RecordSender<T> records(String topic) {
    AvroSerializer<T> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    return new RecordSender<>(config.kafka(), serializer, topic);
  }

  /** Starts everything, makes the plan known, and sends the night's first spectra. */
  static LiveNight start() throws IOException {
    EmbeddedParts parts = EmbeddedParts.start(0, 0, null);
    Path bundles = Path.of(System.getProperty("nightglass.home")).resolve("bundles");
    LiveNight night = new LiveNight(parts, Files.createTempDirectory("page"), bundles);
    night.announce();
    night.send(AT_FIRST);
    return night;
  }

  String address() {
    return server.address().toString();
  }

  URI uri() {
    return server.address();
  }

  /** Sends the night's next spectra; they are with the broker when this returns. */
  void send(int count) {
    List<CompletableFuture<?>> under = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      under.add(sender.send(spectrum(sent++)));
    }
    CompletableFuture.allOf(under.toArray(CompletableFuture[]::new)).join();
  }

  private ObservedSpectrum spectrum(int index) {
    return simulator.spectrum(index).spectrum();
  }

  private void announce() {
    for (int i = 0; i < PLANNED; i++) {
      Observation observation = spectrum(i).observation();
      if (observation.kind() == ObjectKind.TARGET) {
        PlannedTarget planned = planned(observation);
        var unused = plan.send(NIGHT + "/" + planned.getTargetId(), planned);
      }
    }
    Instant now = Instant.now();
    NightEvent opened =
        NightEvent.newBuilder()
            .setNight(NIGHT)
            .setObservatory("apo")
            .setType(NightEventType.OPENED)
            .setAt(now)
            .setBy("the observer")
            .setPlannedEnd(Instant.parse("2025-12-22T06:30:00Z"))
            .build();
    var unused = events.send(NIGHT, opened);
    plan.flush();
    events.flush();
  }

  private static PlannedTarget planned(Observation observation) {
    return PlannedTarget.newBuilder()
        .setNight(NIGHT)
        .setTargetId(observation.targetId())
        .setSurvey(observation.survey())
        .setProgramme(observation.programme())
        .setFieldId(observation.fieldId())
        .setRaDeg(observation.raDeg())
        .setDecDeg(observation.decDeg())
        .setSelectedAs(observation.selectedAs())
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
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/api/v1/" + path)).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(path + " could not be asked for", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path + " was not waited for", e);
    }
  }

  /** A name as it stands in a path. */
  static String inPath(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() throws IOException {
    plan.close();
    events.close();
    sender.close();
    server.close();
    app.close();
    parts.close();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
