package org.nightglass.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Python examples against a real broker and registry, without the application. */
@Timeout(420)
class PythonExamplesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "nightglass.spectra";

  private static PythonVenv python;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    python = PythonVenv.open();
    broker = EmbeddedBroker.start();
    registry = EmbeddedRegistry.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldSendASpectrumThatTheSchemaReads() throws Exception {
    Schema schema = spectrumSchema();
    int id = register(schema);

    PythonVenv.Result result =
        run("produce_spectrum.py", "--target-id", "demo-7", "--redshift", "0.25", "--snr", "30");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.stdout()).startsWith("delivered demo-7-");
    ConsumerRecord<String, byte[]> record = firstRecord();
    assertThat(record.key()).isEqualTo("demo-7");
    ByteBuffer value = ByteBuffer.wrap(record.value());
    assertThat(value.get()).as("magic byte").isZero();
    assertThat(value.getInt()).as("schema id").isEqualTo(id);
    GenericRecord spectrum = decode(schema, value);
    assertThat(spectrum.get("target_id")).hasToString("demo-7");
    float[] flux = pixels((GenericRecord) ((List<?>) spectrum.get("arms")).get(0));
    assertThat(flux).hasSize(3900);
    // H-alpha, 6564.6 Angstrom at rest, stands out at z = 0.25.
    int line = (int) Math.round((Math.log10(6564.6 * 1.25) - 3.58) / 1e-4);
    assertThat(flux[line]).isGreaterThan(1.5f * flux[line - 60]);
  }

  @Test
  void shouldSayWhenNoSchemaIsRegistered() throws IOException {
    PythonVenv.Result result = run("produce_spectrum.py", "--topic", "unheard-of");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.stderr()).contains("no schema for subject unheard-of-value");
  }

  @Test
  void shouldSayWhenNoResultComesInTime() throws IOException {
    PythonVenv.Result result =
        run("read_results.py", "--once", "--target-id", "demo-7", "--timeout", "3");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.stderr()).contains("no result of target demo-7", "within 3 s");
  }

  private static PythonVenv.Result run(String script, String... arguments) throws IOException {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "--bootstrap-servers", broker.bootstrapServers(), "--registry", registry.url()));
    all.addAll(List.of(arguments));
    return python.run(script, LIMIT, all.toArray(String[]::new));
  }

  private static Schema spectrumSchema() throws IOException {
    Path file =
        Path.of(System.getProperty("basedir", ""), "..", "schemas/src/main/avro/Spectrum.avsc");
    return new Schema.Parser().parse(Files.readString(file));
  }

  private static int register(Schema schema) throws Exception {
    ObjectMapper json = new ObjectMapper();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(registry.url() + "/subjects/" + TOPIC + "-value/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    json.writeValueAsString(Map.of("schema", schema.toString()))))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body()).get("id").asInt();
  }

  private static ConsumerRecord<String, byte[]> firstRecord() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(10)).records(partition).get(0);
    }
  }

  private static GenericRecord decode(Schema schema, ByteBuffer value) throws IOException {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }

  private static float[] pixels(GenericRecord arm) {
    ByteBuffer packed = (ByteBuffer) arm.get("flux");
    float[] flux = new float[packed.remaining() / Float.BYTES];
    packed.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(flux);
    return flux;
  }
}
