package org.nightglass.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * The real application, with page and API, on an embedded broker and registry; what it is fed with
 * comes from whoever opened it.
 */
final class LiveApplication implements AutoCloseable {
  static final String TOKEN = "the-observers-word";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedParts parts = EmbeddedParts.start(0, 0, null);
  private final Path state;
  private final NightglassConfig config;
  private final NightglassApp app;
  private final NightglassServer server;
  private final SpectrumSender sender;
  private final RecordSender<PlannedTarget> plan;
  private final RecordSender<NightEvent> events;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param zone where the telescope stands
   * @param start starts the application with the model that is wanted
   */
  LiveApplication(String zone, Function<NightglassConfig, NightglassApp> start) throws IOException {
    this.state = Files.createTempDirectory("page");
    Map<String, String> settings =
        new HashMap<>(Demo.settings(parts.bootstrapServers(), parts.registryUrl(), state));
    settings.put(Settings.APPLICATION_ID, "page");
    settings.put(Settings.OBSERVATORY_ZONE, zone);
    settings.put(Settings.HTTP_PORT, "0");
    settings.put(Settings.HTTP_TOKEN, TOKEN);
    this.config = NightglassConfig.of("test", settings);
    this.app = start.apply(config);
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

  URI uri() {
    return server.address();
  }

  /** Sends a spectrum; done when the broker has it. */
  CompletableFuture<?> send(ObservedSpectrum spectrum) {
    return sender.send(spectrum);
  }

  /** Makes the night's plan and its opening known. */
  void announce(String night, Iterable<PlannedTarget> planned, Instant plannedEnd) {
    for (PlannedTarget target : planned) {
      var unused = plan.send(night + "/" + target.getTargetId(), target);
    }
    NightEvent opened =
        NightEvent.newBuilder()
            .setNight(night)
            .setObservatory("observatory")
            .setType(NightEventType.OPENED)
            .setAt(Instant.now())
            .setBy("the observer")
            .setPlannedEnd(plannedEnd)
            .build();
    var unused = events.send(night, opened);
    plan.flush();
    events.flush();
  }

  /** What a night's plan says of an observation to come, but for goals and times. */
  static PlannedTarget.Builder planned(String night, Observation observation) {
    return PlannedTarget.newBuilder()
        .setNight(night)
        .setTargetId(observation.targetId())
        .setSurvey(observation.survey())
        .setProgramme(observation.programme())
        .setFieldId(observation.fieldId())
        .setRaDeg(observation.raDeg())
        .setDecDeg(observation.decDeg())
        .setSelectedAs(observation.selectedAs());
  }

  /** What the API answers to a path under {@code /api/v1/}. */
  JsonNode api(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + "/api/v1/" + path)).build();
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

  /** The bundles of the built distribution. */
  static Path bundles() {
    return Path.of(System.getProperty("nightglass.home")).resolve("bundles");
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
