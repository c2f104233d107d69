package org.nightglass.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.avro.ClassProbability;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.schemas.WireFormat;
import org.nightglass.schemas.contract.SampleRecords;
import org.nightglass.schemas.registry.RegistryException;
import org.nightglass.schemas.registry.RegistryStandIn;
import org.nightglass.schemas.registry.SchemaRegistryClient;
import org.nightglass.schemas.serde.AvroDecodingException.Failure;

class AvroSerdeTest {
  private static final String TOPIC = "nightglass.test";
  private final RegistryStandIn registry = RegistryStandIn.start();

  static List<SpecificRecord> samples() {
    return SampleRecords.all();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("schema.registry.url", registry.url());
    settings.put("max.retries", 0);
    return settings;
  }

  private <T extends SpecificRecord> AvroSerde<T> serde(Class<T> type) {
    return new AvroSerde<>(type, SchemaRegistryClient.of(settings()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  @SuppressWarnings("unchecked")
  void shouldGiveBackEveryRecord(SpecificRecord sample) {
    var serde = serde((Class<SpecificRecord>) sample.getClass());

    byte[] bytes = serde.serializer().serialize(TOPIC, sample);

    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(sample);
  }

  @Test
  void shouldGiveBackATimestampThatMayBeNull() {
    NightEvent event = SampleRecords.nightEvent();
    event.setPlannedEnd(Instant.parse("2026-03-01T12:30:00Z"));
    AvroSerde<NightEvent> serde = serde(NightEvent.class);

    byte[] bytes = serde.serializer().serialize(TOPIC, event);

    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(event);
  }

  @Test
  void shouldWriteTheWireFormatUnderTheTopicsSubject() {
    byte[] bytes =
        serde(NightEvent.class).serializer().serialize(TOPIC, SampleRecords.nightEvent());

    SchemaRegistryClient client = SchemaRegistryClient.of(settings());
    var latest = client.latest(TOPIC + "-value");
    assertThat(WireFormat.schemaId(bytes)).isEqualTo(latest.id());
    assertThat(latest.schema().toString()).doesNotContain("avro.java.string");
  }

  @Test
  void shouldUseTheKeysSubjectForKeys() {
    AvroSerde<NightEvent> serde = new AvroSerde<>(NightEvent.class);
    serde.configure(settings(), true);
    serde.serializer().serialize(TOPIC, SampleRecords.nightEvent());

    assertThat(registry.requests).containsExactly("POST /subjects/nightglass.test-key/versions");
  }

  @Test
  void shouldPassTombstonesOn() {
    AvroSerde<NightEvent> serde = serde(NightEvent.class);

    assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void shouldAskTheRegistryOncePerSchemaNotPerRecord() {
    AvroSerde<Spectrum> serde = serde(Spectrum.class);
    for (int i = 0; i < 100; i++) {
      byte[] bytes = serde.serializer().serialize(TOPIC, SampleRecords.spectrum());
      serde.deserializer().deserialize(TOPIC, bytes);
    }

    assertThat(registry.requests).hasSize(2);
  }

  @Test
  void shouldWorkMadeByClassNameWithConfluentsKeys() throws ClassNotFoundException {
    Map<String, Object> settings = settings();
    settings.put("specific.avro.reader", "true");
    settings.put("specific.avro.value.type", NightEvent.class.getName());
    settings.put(
        "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicNameStrategy");
    @SuppressWarnings("unchecked")
    AvroSerde<NightEvent> serde = Utils.newInstance(AvroSerde.class.getName(), AvroSerde.class);
    serde.configure(settings, false);

    byte[] bytes = serde.serializer().serialize(TOPIC, SampleRecords.nightEvent());
    assertThat(serde.deserializer().deserialize(TOPIC, bytes))
        .isEqualTo(SampleRecords.nightEvent());
  }

  @Test
  void shouldNameEveryFaultOfItsSettingsAtOnce() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("schema.registry.url", "nowhere");
    settings.put("auto.register.schemas", "perhaps");
    settings.put("value.subject.name.strategy", "RecordNameStrategy");
    settings.put("specific.avro.value.type", "org.nightglass.avro.Nothing");

    assertThatThrownBy(() -> new AvroSerde<NightEvent>().configure(settings, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("perhaps")
        .hasMessageContaining("RecordNameStrategy")
        .hasMessageContaining("org.nightglass.avro.Nothing");
  }

  @Test
  void shouldSayWhenTheClassToReadIsMissingOrNoRecord() {
    assertThatThrownBy(() -> new AvroSerde<NightEvent>().configure(settings(), false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("specific.avro.value.type");

    Map<String, Object> settings = settings();
    settings.put("specific.avro.value.type", "java.lang.String");
    assertThatThrownBy(() -> new AvroSerde<NightEvent>().configure(settings, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not a class generated");
  }

  @Test
  void shouldNotRegisterWhereThatIsSwitchedOff() {
    Map<String, Object> settings = settings();
    settings.put("auto.register.schemas", false);
    AvroSerde<NightEvent> serde = new AvroSerde<>(NightEvent.class);
    serde.configure(settings, false);

    assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, SampleRecords.nightEvent()))
        .isInstanceOf(RegistryException.NotFound.class);
    serde(NightEvent.class).serializer().serialize(TOPIC, SampleRecords.nightEvent());
    assertThat(serde.serializer().serialize(TOPIC, SampleRecords.nightEvent())).isNotEmpty();
  }

  @Test
  void shouldSayWhichRecordLacksARequiredField() {
    AvroSerializer<NightEvent> serializer =
        new AvroSerializer<>(SchemaRegistryClient.of(settings()));
    NightEvent incomplete = new NightEvent();
    incomplete.setNight("20260228");

    assertThatThrownBy(() -> serializer.serialize(TOPIC, incomplete))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("NightEvent")
        .hasMessageContaining("observatory");
  }

  @Test
  void shouldReadWhatANewerProducerWrites() throws IOException {
    Schema newer =
        parse(
            NightEvent.getClassSchema()
                .toString()
                .replace("\"REOPENED\"]", "\"REOPENED\",\"DOME_CLOSED\"]")
                .replace(
                    "{\"name\":\"at\"",
                    "{\"name\":\"seeing\",\"type\":\"double\"},{\"name\":\"at\""));
    GenericRecord event = new GenericData.Record(newer);
    event.put("night", "20260228");
    event.put("observatory", "sample");
    event.put("type", new GenericData.EnumSymbol(newer.getField("type").schema(), "DOME_CLOSED"));
    event.put("seeing", 1.25);
    event.put("at", 1_772_366_700_000L);
    event.put("by", "observer");

    NightEvent read = serde(NightEvent.class).deserializer().deserialize(TOPIC, write(event));

    assertThat(read.getType()).isEqualTo(NightEventType.UNKNOWN);
    assertThat(read.getAt()).isEqualTo("2026-03-01T12:05:00Z");
    assertThat(read.getBy()).isEqualTo("observer");
  }

  @Test
  void shouldReadWhatAnOlderProducerWroteWithDefaultsForTheRest() throws IOException {
    Schema older =
        parse(
            """
            {"type": "record", "name": "ClassProbability", "namespace": "org.nightglass.avro",
             "fields": [{"name": "probability", "type": "float"}, {"name": "label", "type": "string"}]}
            """);
    GenericRecord probability = new GenericData.Record(older);
    probability.put("label", "QSO");
    probability.put("probability", 0.5f);

    assertThat(serde(ClassProbability.class).deserializer().deserialize(TOPIC, write(probability)))
        .isEqualTo(new ClassProbability("QSO", 0.5));
  }

  /**
   * Avro's own bound on array counts takes the reader's element size, and so refuses these bytes: a
   * hundred members written as float32, where a reader of today expects eight bytes each.
   */
  @Test
  void shouldReadElementsThatWereWrittenShorterThanTheReaderTakesThem() throws IOException {
    Schema narrower =
        parse(
            PublishedSchema.of(SpectrumResult.getClassSchema())
                .toString()
                .replace("\"items\":\"double\"", "\"items\":\"float\""));
    SpectrumResult result = SampleRecords.spectrumResult();
    GenericRecord record = new GenericData.Record(narrower);
    for (Schema.Field field : narrower.getFields()) {
      record.put(field.name(), result.get(field.name()));
    }
    for (String time : List.of("event_time", "ingested_at", "received_at", "emitted_at")) {
      record.put(time, 1_772_366_700_000L);
    }
    record.put("kind", new GenericData.EnumSymbol(narrower.getField("kind").schema(), "SKY"));
    record.put("probabilities", List.of());
    record.put("z_members", Collections.nCopies(100, 2.5f));

    SpectrumResult read =
        serde(SpectrumResult.class).deserializer().deserialize(TOPIC, write(record));

    assertThat(read.getZMembers()).hasSize(100).containsOnly(2.5);
  }

  @Test
  void shouldSayThatASchemaIsUnknown() {
    assertFailure(Failure.UNKNOWN_SCHEMA, true, WireFormat.frame(4711, new byte[] {1}));
  }

  @Test
  void shouldSayThatTheSchemaIsOfAnotherRecord() {
    byte[] other =
        serde(NightEvent.class).serializer().serialize(TOPIC, SampleRecords.nightEvent());

    assertFailure(Failure.INCOMPATIBLE_SCHEMA, true, other);
    assertFailure(Failure.INCOMPATIBLE_SCHEMA, true, other);
  }

  @Test
  void shouldSayThatTheSchemaIsNoAvroAndAskOnlyOnce() {
    int id = registry.put("syntax = \"proto3\";", "PROTOBUF");
    AvroDeserializer<Spectrum> deserializer =
        new AvroDeserializer<>(Spectrum.class, SchemaRegistryClient.of(settings()));
    byte[] value = WireFormat.frame(id, new byte[] {1});

    for (int i = 0; i < 3; i++) {
      var failed =
          catchThrowableOfType(AvroDecodingException.class, () -> deserializer.deserialize(value));
      assertThat(failed.failure()).isEqualTo(Failure.INCOMPATIBLE_SCHEMA);
      assertThat(failed).hasMessageContaining("PROTOBUF");
    }
    assertThat(registry.requests).hasSize(1);
  }

  @Test
  void shouldNotBlameTheRecordForARegistryThatIsAwayAndReadItLater() {
    AvroSerde<Spectrum> serde = serde(Spectrum.class);
    byte[] good = serde.serializer().serialize(TOPIC, SampleRecords.spectrum());
    AvroDeserializer<Spectrum> deserializer =
        new AvroDeserializer<>(Spectrum.class, SchemaRegistryClient.of(settings()));

    registry.failNext(503, "");
    var failed =
        catchThrowableOfType(AvroDecodingException.class, () -> deserializer.deserialize(good));

    assertThat(failed.failure()).isEqualTo(Failure.REGISTRY_UNAVAILABLE);
    assertThat(failed.failure().badRecord()).isFalse();
    assertThat(deserializer.deserialize(good)).isEqualTo(SampleRecords.spectrum());
  }

  @Test
  void shouldNotBlameTheRecordForWrongCredentials() {
    registry.failNext(401, "{\"error_code\": 40101, \"message\": \"who are you?\"}");

    assertFailure(Failure.REGISTRY_REFUSED, false, WireFormat.frame(1, new byte[] {1}));
  }

  @Test
  void shouldServeManyThreadsAtOnce() throws Exception {
    AvroSerde<Spectrum> serde = serde(Spectrum.class);
    byte[] bytes = serde.serializer().serialize(TOPIC, SampleRecords.spectrum());
    List<Callable<Spectrum>> calls = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      calls.add(() -> serde.deserializer().deserialize(TOPIC, bytes.clone()));
    }
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Spectrum> result : threads.invokeAll(calls)) {
        assertThat(result.get()).isEqualTo(SampleRecords.spectrum());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldLeaveTheBytesUntouchedAndKeepNoHoldOfThem() {
    AvroSerde<Spectrum> serde = serde(Spectrum.class);
    byte[] bytes = serde.serializer().serialize(TOPIC, SampleRecords.spectrum());
    byte[] before = bytes.clone();

    Spectrum read = serde.deserializer().deserialize(TOPIC, bytes);
    assertThat(bytes).isEqualTo(before);
    Arrays.fill(bytes, (byte) 0);
    assertThat(read).isEqualTo(SampleRecords.spectrum());
  }

  private void assertFailure(Failure expected, boolean badRecord, byte[] value) {
    AvroDeserializer<Spectrum> deserializer =
        new AvroDeserializer<>(Spectrum.class, SchemaRegistryClient.of(settings()));
    var failed =
        catchThrowableOfType(
            AvroDecodingException.class, () -> deserializer.deserialize(TOPIC, value));
    assertThat(failed.failure()).isEqualTo(expected);
    assertThat(failed.failure().badRecord()).isEqualTo(badRecord);
  }

  private byte[] write(GenericRecord record) throws IOException {
    var out = new ByteArrayOutputStream();
    new GenericDatumWriter<GenericRecord>(record.getSchema())
        .write(record, EncoderFactory.get().directBinaryEncoder(out, null));
    return WireFormat.frame(registry.put(record.getSchema()), out.toByteArray());
  }

  private static Schema parse(String schema) {
    return new Schema.Parser().parse(schema);
  }
}
