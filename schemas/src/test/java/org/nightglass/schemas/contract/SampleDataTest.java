package org.nightglass.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.schemas.serde.TrustedClasses;

/**
 * The files in {@code sample_data} are what people try their clients on: they must be records of
 * the schemas of today.
 */
class SampleDataTest {
  static final Path SAMPLES = Path.of("sample_data");

  static List<SpecificRecord> samples() {
    SampleRecords.all().forEach(sample -> TrustedClasses.trust(sample.getClass()));
    return SampleRecords.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadTheJsonSampleWithTheSchemaOfToday(SpecificRecord sample) throws IOException {
    Schema schema = sample.getSchema();
    Path file = SAMPLES.resolve(schema.getName() + ".json");
    if (Boolean.getBoolean("nightglass.writeSamples")) {
      Files.createDirectories(SAMPLES);
      Files.writeString(file, json(sample));
    }

    var decoder = DecoderFactory.get().jsonDecoder(schema, Files.readString(file));
    assertThat(new SpecificDatumReader<SpecificRecord>(schema).read(null, decoder))
        .isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadTheBinarySampleWithTheSchemaOfToday(SpecificRecord sample) throws IOException {
    Schema schema = sample.getSchema();
    Path file = SAMPLES.resolve(schema.getName() + ".avro.bin");
    if (Boolean.getBoolean("nightglass.writeSamples")) {
      Files.write(file, binary(sample));
    }

    var decoder =
        DecoderFactory.get()
            .binaryDecoder(new ByteArrayInputStream(Files.readAllBytes(file)), null);
    assertThat(new SpecificDatumReader<SpecificRecord>(schema).read(null, decoder))
        .isEqualTo(sample);
    assertThat(decoder.isEnd()).isTrue();
  }

  @Test
  void shouldHoldNothingButASampleOfEachSchema() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              samples().stream()
                  .map(s -> s.getSchema().getName())
                  .flatMap(name -> Stream.of(name + ".json", name + ".avro.bin"))
                  .toList());
    }
  }

  private static String json(SpecificRecord sample) throws IOException {
    var out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(sample.getSchema(), out, true);
    new SpecificDatumWriter<SpecificRecord>(sample.getSchema()).write(sample, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8) + "\n";
  }

  private static byte[] binary(SpecificRecord sample) throws IOException {
    var out = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new SpecificDatumWriter<SpecificRecord>(sample.getSchema()).write(sample, encoder);
    return out.toByteArray();
  }
}
