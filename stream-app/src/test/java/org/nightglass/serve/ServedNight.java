package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nightglass.app.Cluster;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.Precision;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.schemas.serde.AvroDeserializer;

/** A server on topics of its own, and a client of it. */
final class ServedNight implements AutoCloseable {
  private static final Path BUNDLES =
      Path.of(System.getProperty("basedir", ""), "..", "models/bundles");

  final NightglassConfig config;

  /** What the configuration was made of. */
  final Map<String, String> settings = new HashMap<>();

  private final Path folder;
  private NightglassServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param name prefix of the topics
   * @param folder for the read model
   */
  ServedNight(EmbeddedParts parts, String name, Path folder) {
    settings.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
    settings.put(Settings.REGISTRY_URL, parts.registryUrl());
    settings.put(Settings.HTTP_PORT, "0");
    settings.put(Settings.TOPICS_PARTITIONS, "2");
    for (String topic :
        List.of(
            Settings.TOPIC_SPECTRA,
            Settings.TOPIC_RESULTS,
            Settings.TOPIC_REJECTS,
            Settings.TOPIC_PLAN,
            Settings.TOPIC_NIGHT_EVENTS,
            Settings.TOPIC_OVERRIDES,
            Settings.TOPIC_TARGET_STATE,
            Settings.TOPIC_FIELD_PROGRESS,
            Settings.TOPIC_NIGHT_YIELD,
            Settings.TOPIC_SURVEY_YIELD,
            Settings.TOPIC_NIGHTS)) {
      settings.put(topic, topic.replaceFirst("topics", name));
    }
    this.config = NightglassConfig.of("test", settings);
    this.folder = folder;
    List<String> faults = Cluster.prepareTopics(config);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.toString());
    }
    start();
  }

  /** Starts the server, on the read model that is there. */
  void start() {
    AvroDeserializer<Spectrum> spectra = new AvroDeserializer<>(Spectrum.class);
    spectra.configure(config.serdes(), false);
    server =
        NightglassServer.start(
            new ServedApplication(
                config,
                "1.2.3",
                folder,
                ModelBundles.find("sdss13", List.of(BUNDLES)).card(),
                Precision.BFLOAT16,
                new SpectrumReader(spectra),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List::of,
                List::of));
  }

  NightglassServer server() {
    return server;
  }

  URI address() {
    return server.address();
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path).body());
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}
