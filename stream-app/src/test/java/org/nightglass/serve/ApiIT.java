package org.nightglass.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.Spectra;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.TargetOverride;
import org.nightglass.cli.Nightglass;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.embedded.PythonVenv;
import org.nightglass.report.ApiClient;
import org.nightglass.report.NightReport;
import org.nightglass.report.ReportFiles;
import org.nightglass.schemas.serde.AvroDeserializer;
import org.nightglass.serve.read.Results;
import picocli.CommandLine;

/** The API against a real broker and registry, held to its own document. */
class ApiIT {
  private static final String NIGHT = "/api/v1/nights/" + Results.NIGHT;

  @TempDir static Path folder;
  private static EmbeddedParts parts;
  private static ServedNight served;
  private static SampleNight night;

  @BeforeAll
  static void start() throws Exception {
    parts = EmbeddedParts.start(0, 0, null);
    served = new ServedNight(parts, "api", folder.resolve("read-model"));
    night = new SampleNight(served.config);
    night.write();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                served.json(NIGHT + "/results").path("matched").asInt() == SampleNight.SPECTRA
                    && served.json(NIGHT + "/fields").path("items").size() == 1
                    && served.json("/api/v1/survey").path("items").size() == 1
                    && served.json(NIGHT + "/rejects").path("items").size() == 1
                    && served.json("/api/v1/fields").path("items").size() == 1
                    && served.json("/api/v1/targets").path("items").size() == SampleNight.SPECTRA);
  }

  @AfterAll
  static void stop() {
    night.close();
    served.close();
    parts.close();
  }

  private static List<String> requests() {
    return List.of(
        "/api/v1/status",
        "/api/v1/nights?from=20260101&state=OPEN",
        NIGHT,
        NIGHT + "/programmes",
        NIGHT + "/fields",
        NIGHT + "/classes?programme=dark",
        NIGHT + "/rejects?reason=BAD_HEADER",
        NIGHT + "/results?limit=3&kind=TARGET&good=true&snr_min=0.1&z_max=9&q=S1&field=field-17",
        NIGHT + "/fibres?field=field-17",
        NIGHT + "/snr-success?class=QSO",
        NIGHT + "/timeline?axis=emitted&minutes=5",
        NIGHT + "/results?sort=z&order=desc&limit=3",
        NIGHT + "/results?order=desc",
        "/api/v1/fields?programme=dark&limit=1",
        "/api/v1/fields?sort=targets_done&order=desc",
        "/api/v1/targets?sort=snr&limit=2",
        "/api/v1/targets?sort=z&cursor=bm9uc2Vuc2U",
        "/api/v1/fields/field-17",
        "/api/v1/targets?state=OBS&programme=dark&field=field-17&limit=2",
        "/api/v1/targets/target-s1",
        "/api/v1/survey",
        "/api/v1/results/spectrum-s4",
        "/api/v1/spectra/spectrum-s3/pixels",
        "/api/v1/models",
        "/api/v1/openapi.json",
        "/healthz",
        "/readyz",
        "/api/v1/nights/19990101",
        "/api/v1/targets/no%2Fsuch",
        NIGHT + "/results?limit=0&fibre=x&clas=QSO");
  }

  @Test
  void shouldTellWhatTheNetworksMultiplyHere() throws Exception {
    assertThat(served.json("/api/v1/models").path("precision").asText()).isEqualTo("bfloat16");
  }

  @Test
  void shouldAnswerEveryPathAsTheDocumentSays() throws Exception {
    JsonNode document = served.json("/api/v1/openapi.json");
    Set<String> asked = new HashSet<>();
    for (String request : requests()) {
      HttpResponse<String> response = served.get(request);
      String path = pathOf(document, request.replaceFirst("\\?.*", ""));
      asked.add(path);
      JsonNode responses = document.path("paths").path(path).path("get").path("responses");
      JsonNode described = responses.path(String.valueOf(response.statusCode()));
      if (described.isMissingNode()) {
        assertThat(response.statusCode()).as(request).isBetween(400, 499);
        described = document.at("/components/responses/Problem");
      }
      String type = response.headers().firstValue("Content-Type").orElseThrow();
      JsonNode schema = described.path("content").path(type).path("schema");
      assertThat(schema.isMissingNode()).as("%s answers %s", request, type).isFalse();
      assertThat(faults(document, schema, response.body())).as(request).isEmpty();
    }
    Set<String> all = new TreeSet<>();
    document
        .path("paths")
        .propertyStream()
        .filter(p -> p.getValue().has("get"))
        .forEach(p -> all.add(p.getKey()));
    all.removeAll(Set.of("/api/v1/events", "/metrics")); // neither is JSON
    assertThat(asked).as("every path is asked for").isEqualTo(all);
  }

  private static String pathOf(JsonNode document, String asked) {
    if (document.path("paths").has(asked)) {
      return asked;
    }
    return document
        .path("paths")
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(path -> asked.matches(path.replaceAll("\\{[^}]*}", "[^/]+")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(asked + " is not in the document"));
  }

  private static List<?> faults(JsonNode document, JsonNode schema, String body) {
    ObjectNode whole = document.deepCopy();
    whole.setAll((ObjectNode) schema);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole)
        .validate(body, InputFormat.JSON);
  }

  @Test
  void shouldSurviveWhateverFollowsOrBreaksTheDocument() throws IOException {
    PythonVenv python = PythonVenv.open("python-test-venv", Path.of("src", "test", "python"));
    PythonVenv.Result result =
        python.module(
            "schemathesis.cli",
            Duration.ofMinutes(8),
            "run",
            served.address() + "/api/v1/openapi.json",
            "--exclude-path",
            "/api/v1/events",
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            "--header",
            "Authorization: Bearer " + served.server().token(),
            "--max-examples",
            "15",
            "--seed",
            "1",
            "--phases",
            "examples,coverage,fuzzing",
            "--suppress-health-check",
            "all",
            "--no-color");
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
    assertThat(result.stdout()).contains("Fuzzing", "23 passed");
  }

  @Test
  void shouldFilterAndPageResultsWithoutLossOrRepetition() throws Exception {
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = served.json(NIGHT + "/results?limit=7&good=true&kind=TARGET" + next);
      assertThat(page.path("matched").asInt())
          .isEqualTo(36); // stars among them: good by their class
      page.path("items").forEach(row -> seen.add(row.path("spectrum_id").asText()));
      next = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!next.isEmpty());
    assertThat(seen).hasSize(36).doesNotHaveDuplicates();
    assertThat(seen.get(0)).isEqualTo("spectrum-s38");
    assertThat(served.json(NIGHT + "/results?warning=Z_NOT_ESTIMATED").path("matched").asInt())
        .isEqualTo(8);
    assertThat(served.json(NIGHT + "/results?z_min=1.05&z_max=1.35").path("matched").asInt())
        .as("z of 1.1, 1.2 and 1.3")
        .isEqualTo(3);
  }

  @Test
  void shouldWriteListsAsCsvToo() throws Exception {
    HttpResponse<String> csv = served.get(NIGHT + "/results?limit=2", "Accept", "text/csv");
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.headers().firstValue("Nightglass-Next")).isPresent();
    assertThat(csv.body().lines()).hasSize(3);
    assertThat(csv.body()).startsWith("spectrum_id,target_id,kind,programme,field_id");
    assertThat(served.get(NIGHT + "/programmes?format=csv").body())
        .contains(",success_rate,success_rate_low,success_rate_high,")
        .contains(",0.8888888888888888,0.82,0.93,,,,");
  }

  @Test
  void shouldAnswerNotModifiedWhereNothingHasChanged() throws Exception {
    HttpResponse<String> first = served.get(NIGHT + "/fibres");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = served.get(NIGHT + "/fibres", "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void shouldReadPixelsBackFromKafka() throws Exception {
    JsonNode pixels = served.json("/api/v1/spectra/spectrum-s3/pixels");
    JsonNode arm = pixels.path("arms").path(0);
    assertThat(pixels.path("target_id").asText()).isEqualTo("target-s3");
    assertThat(arm.path("wavelength")).hasSize(3600);
    assertThat(arm.at("/wavelength/0").asDouble()).isEqualTo(3801.894);
    float[] sent = Spectra.flat("s3").arms().get(0).flux();
    for (int i : new int[] {0, 1799, 3599}) {
      assertThat((float) arm.path("flux").path(i).asDouble()).isEqualTo(sent[i]);
      assertThat(arm.path("error").path(i).asDouble()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeAnOverrideFromWhoeverHasTheToken() throws Exception {
    String path = "/api/v1/targets/target-s5/override";
    String word = "{\"action\":\"ACCEPT\",\"z\":1.25,\"by\":\"Ada\",\"reason\":\"two lines\"}";
    String[] json = {"Content-Type", "application/json"};
    assertThat(served.post(path, word, json).statusCode()).isEqualTo(401);
    String[] wrong = {"Content-Type", "application/json", "Authorization", "Bearer guess"};
    assertThat(served.post(path, word, wrong).statusCode()).isEqualTo(401);
    String[] right = {
      "Content-Type", "application/json", "Authorization", "Bearer " + served.server().token()
    };
    HttpResponse<String> bad =
        served.post(path, "{\"action\":\"REJECT\",\"z\":1,\"by\":\" \",\"wy\":1}", right);
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("\"wy\"", "\"by\"", "\"reason\"", "only with action ACCEPT");
    assertThat(served.post("/api/v1/targets/nobody/override", word, right).statusCode())
        .isEqualTo(404);

    HttpResponse<String> taken = served.post(path, word, right);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    JsonNode at = new ObjectMapper().readTree(taken.body());
    TargetOverride written = override(at.path("partition").asInt(), at.path("offset").asLong());
    assertThat(written.getTargetId()).isEqualTo("target-s5");
    assertThat(written.getAction()).isEqualTo(OverrideAction.ACCEPT);
    assertThat(written.getZ()).isEqualTo(1.25);
    assertThat(written.getBy()).isEqualTo("Ada");
  }

  private static TargetOverride override(int partition, long offset) {
    AvroDeserializer<TargetOverride> reader = new AvroDeserializer<>(TargetOverride.class);
    reader.configure(served.config.serdes(), false);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            served.config.kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition at = new TopicPartition(served.config.topics().overrides(), partition);
      consumer.assign(List.of(at));
      consumer.seek(at, offset);
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(20))) {
        assertThat(record.key()).isEqualTo("target-s5");
        return reader.deserialize(record.value());
      }
    }
    throw new AssertionError("nothing at the offset that was answered");
  }

  @Test
  void shouldMeasureWhatItAnswers() throws Exception {
    assertThat(served.get(NIGHT).statusCode()).isEqualTo(200);
    String metrics = served.get("/metrics").body();
    assertThat(metrics)
        .contains("nightglass_ready 1.0")
        .contains(
            "nightglass_completeness{night=\"20260228\",programme=\"dark\",ratio=\"success_rate\"} 0.888")
        .contains("nightglass_targets{night=\"20260228\",programme=\"all\",step=\"observed\"} 36.0")
        .contains("route=\"/api/v1/nights/{night}\",status=\"200\"")
        .doesNotContain("NaN");
  }

  @Test
  void shouldWriteAReportThatAnIndependentReaderAccepts(@TempDir Path output) throws Exception {
    NightReport report =
        NightReport.fetch(new ApiClient(served.address()), Results.NIGHT, part -> {});
    List<Path> files = ReportFiles.write(report, output);
    assertThat(files).hasSize(7).allMatch(file -> file.toFile().length() > 0);
    PythonVenv python = PythonVenv.open("python-test-venv", Path.of("src", "test", "python"));
    PythonVenv.Result checked =
        python.run("check_fits.py", Duration.ofMinutes(2), files.get(1).toString());
    assertThat(checked.exitCode()).as(checked.stderr()).isZero();
    JsonNode said = new ObjectMapper().readTree(checked.stdout());
    JsonNode tables = said.path("tables");
    assertThat(said.path("night").asText()).isEqualTo(Results.NIGHT);
    assertThat(said.path("state").asText()).isEqualTo("OPEN");
    assertThat(tables.at("/RESULTS/rows").asInt()).isEqualTo(SampleNight.SPECTRA);
    assertThat(tables.at("/TARGETS/rows").asInt()).isEqualTo(SampleNight.SPECTRA);
    assertThat(tables.at("/FIELDS/rows").asInt()).isEqualTo(1);
    assertThat(tables.at("/TALLIES/rows").asInt()).isEqualTo(3);
    assertThat(tables.at("/REJECTS/rows").asInt()).isEqualTo(1);
    double sum = report.results().stream().mapToDouble(row -> row.path("z").asDouble(0)).sum();
    assertThat(tables.at("/RESULTS/z_sum").asDouble()).isCloseTo(sum, within(1e-9));
    assertThat(tables.at("/RESULTS/units/RA_DEG").asText()).isEqualTo("deg");
    assertThat(tables.at("/FIELDS/units/EXPOSED_SECONDS").asText()).isEqualTo("s");
    for (JsonNode table : tables) {
      assertThat(table.path("without_display")).isEmpty();
      assertThat(table.path("comments").asInt())
          .isGreaterThanOrEqualTo(table.path("columns").size());
    }
    String page = Files.readString(files.get(0));
    assertThat(page)
        .contains("<svg", "88.9 %", "BAD_HEADER")
        .doesNotContain("NaN", "http://", "https://");
  }

  @Test
  void shouldReportStraightFromTheTopicsToo(@TempDir Path output) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("report", "--night", Results.NIGHT, "-o", output.toString()));
    served.settings.forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
    StringWriter said = new StringWriter();
    CommandLine line = Nightglass.commandLine();
    line.setOut(new PrintWriter(said, true));
    line.setErr(new PrintWriter(said, true));
    assertThat(line.execute(arguments.toArray(String[]::new))).as(said.toString()).isZero();
    Path results = output.resolve("night-" + Results.NIGHT + "-results.csv");
    assertThat(Files.readString(results))
        .isEqualTo(served.get(NIGHT + "/results?format=csv&limit=1000").body());
  }
}
