package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.Spectra;
import org.nightglass.app.NightglassApp;
import org.nightglass.app.Served;
import org.nightglass.avro.Spectrum;
import org.nightglass.cli.Nightglass;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Demo;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.demo.OutputReader;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.serve.NightglassServer;
import org.nightglass.serve.read.ReadModel;
import picocli.CommandLine;

/** What a site configures, against a cluster that is there, and one that is not. */
class ConfiguredIT {
  private static EmbeddedParts parts;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    parts = EmbeddedParts.start(0, 0, null);
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  private record Checked(int exitCode, String out, String err) {}

  private Checked check(String... lines) throws IOException {
    Path file = folder.resolve("night.properties");
    Files.write(file, List.of(lines));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Nightglass.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int exitCode = line.execute("check-config", file.toString());
    return new Checked(exitCode, out.toString(), err.toString());
  }

  @Test
  void shouldFindNoFaultWhereThereIsNone() throws IOException {
    Checked checked =
        check(
            "bootstrap.servers=" + parts.bootstrapServers(),
            "schema.registry.url=" + parts.registryUrl(),
            "topics.spectra=fine.spectra");
    assertThat(checked.exitCode()).as(checked.toString()).isZero();
    assertThat(checked.out()).contains("no fault found");
  }

  @Test
  void shouldTellFaultsOfTopicsBundleAndRegistryAtOnceAndChangeNothing() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", parts.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("dated.spectra", 1, (short) 1))).all().get();
      Checked checked =
          check(
              "bootstrap.servers=" + parts.bootstrapServers(),
              "schema.registry.url=http://127.0.0.1:9",
              "max.retries=0",
              "topics.spectra=dated.spectra",
              "topics.results=not.there",
              "topics.create=false",
              "model.bundle=no-such-bundle");
      assertThat(checked.exitCode()).isEqualTo(2);
      assertThat(checked.err())
          .contains("no bundle 'no-such-bundle'")
          .contains("topic dated.spectra has message.timestamp.type=CreateTime")
          .contains("topic not.there is missing")
          .contains("schema.registry.url");
      assertThat(admin.listTopics().names().get()).doesNotContain("not.there");
    }
  }

  @Test
  void shouldSayThatTheClusterCannotBeReached() throws IOException {
    Checked checked =
        check(
            "bootstrap.servers=127.0.0.1:9",
            "schema.registry.url=" + parts.registryUrl(),
            "kafka.default.api.timeout.ms=2000",
            "kafka.request.timeout.ms=1000");
    assertThat(checked.exitCode()).isEqualTo(2);
    assertThat(checked.err())
        .contains("bootstrap.servers=127.0.0.1:9: the cluster cannot be asked");
  }

  @Test
  void shouldTellInWhichPrecisionItsNetworksRun() throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Demo.settings(parts.bootstrapServers(), parts.registryUrl(), folder.resolve("s3")));
    settings.put(Settings.APPLICATION_ID, "precise");
    settings.put(Settings.HTTP_PORT, "0");
    settings.put(Settings.MODEL_PRECISION, "float32");
    NightglassConfig config = NightglassConfig.of("test", settings);
    try (NightglassApp app = NightglassApp.start(config, Shipped.bundles());
        NightglassServer server = Served.start(config, app).orElseThrow();
        NightglassServer report =
            Served.reading(config, Shipped.bundles(), folder.resolve("read"))) {
      assertThat(models(server)).contains("\"precision\":\"float32\"");
      assertThat(models(report)).as("it runs none").contains("\"precision\":null");
    }
  }

  private static String models(NightglassServer server) throws Exception {
    HttpRequest asked =
        HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/models")).build();
    return HttpClient.newHttpClient().send(asked, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void shouldAnswerFromTopicsThatOnlyASitesOwnSerdesCanRead() throws Exception {
    String deserializer = SiteSerdes.ScrambledDeserializer.class.getName();
    String serializer = SiteSerdes.ScrambledSerializer.class.getName();
    Map<String, String> settings =
        new HashMap<>(
            Demo.settings(parts.bootstrapServers(), parts.registryUrl(), folder.resolve("s2")));
    settings.put(Settings.APPLICATION_ID, "scrambled");
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver");
    settings.put(Settings.HTTP_PORT, "0");
    settings.put(Settings.HTTP_TOKEN, "word");
    settings.put(Settings.SERDE_RESULT, serializer);
    settings.put(Settings.SERDE_REJECT, serializer);
    settings.put(Settings.SERDE_NIGHT_INPUT, deserializer);
    settings.put(Settings.SERDE_NIGHT_PRODUCT, serializer);
    NightglassConfig config = NightglassConfig.of("test", settings);
    AvroSerializer<Spectrum> spectra = new AvroSerializer<>();
    spectra.configure(config.serdes(), false);
    try (NightglassApp app = NightglassApp.start(config, Shipped.bundles());
        NightglassServer server = Served.start(config, app).orElseThrow();
        SpectrumSender sender =
            SpectrumSender.open(config.kafka(), spectra, config.topics().spectra())) {
      sender.send(Spectra.flat("a")).get();
      ReadModel model = server.model();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> model.target("target-a") != null && model.result("spectrum-a") != null);
      HttpRequest word =
          HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/targets/target-a/override"))
              .header("Authorization", "Bearer word")
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"action\":\"REJECT\",\"by\":\"Ada\",\"reason\":\"two objects\"}"))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(word, HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(model.target("target-a").getOverride()).isNotNull());
      assertThat(model.undecodable()).isZero();
    }
  }

  @Test
  void shouldUseTheSerdesThatASiteConfigures() throws Exception {
    NightglassConfig config =
        Shipped.config(
            parts,
            "site",
            folder.resolve("state"),
            Map.of(
                Settings.SERDE_SPECTRUM,
                SiteSerdes.SpectrumDeserializer.class.getName(),
                Settings.SERDE_RESULT,
                SiteSerdes.ResultSerializer.class.getName(),
                "serde.config.site.setting",
                "passed on"));
    Collected out = new Collected();
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    try (NightglassApp app = NightglassApp.start(config, Shipped.bundles());
        OutputReader reader = new OutputReader(config, out);
        SpectrumSender sender =
            SpectrumSender.open(config.kafka(), serializer, config.topics().spectra())) {
      sender.send(Spectra.flat("a")).get();
      await().atMost(Duration.ofSeconds(60)).until(() -> out.results.size() == 1);
      assertThat(app.stopped()).isNotDone();
    }
    assertThat(SiteSerdes.READ).hasPositiveValue();
    assertThat(SiteSerdes.WRITTEN).hasPositiveValue();
    assertThat(SiteSerdes.setting).isEqualTo("passed on");
  }
}
