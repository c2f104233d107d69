package org.nightglass.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.avro.ClassProbability;
import org.nightglass.avro.ExplicitGrid;
import org.nightglass.avro.Spectrum;
import org.nightglass.schemas.WireFormat;
import org.nightglass.schemas.contract.SampleRecords;
import org.nightglass.schemas.registry.RegistryStandIn;
import org.nightglass.schemas.registry.SchemaRegistryClient;
import org.nightglass.schemas.serde.AvroDecodingException.Failure;

/** Whatever the bytes are, the answer is a record or a typed refusal, and costs little. */
class HostileBytesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Far below any of the claims made here, far above what refusing one takes. */
  private static final long ALLOCATION_LIMIT = 2_000_000;

  private final RegistryStandIn registry = RegistryStandIn.start();
  private final SchemaRegistryClient client =
      SchemaRegistryClient.of(Map.of("schema.registry.url", registry.url()));
  private final AvroDeserializer<Spectrum> spectra = new AvroDeserializer<>(Spectrum.class, client);

  @AfterEach
  void stop() {
    registry.close();
  }

  @FunctionalInterface
  private interface Content {
    void write(BinaryEncoder encoder) throws IOException;
  }

  private byte[] message(Schema writer, Content content) {
    try {
      var out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      content.write(encoder);
      encoder.flush();
      return WireFormat.frame(registry.put(writer), out.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The fields of a spectrum before its arms. */
  private static void writeHeader(BinaryEncoder encoder) throws IOException {
    encoder.writeString("sample");
    encoder.writeString("target");
    encoder.writeEnum(0);
    for (int i = 0; i < 4; i++) {
      encoder.writeString("x");
    }
    encoder.writeInt(1);
    encoder.writeIndex(0);
    encoder.writeIndex(0);
    encoder.writeDouble(61100);
    encoder.writeIndex(0);
    encoder.writeString("1");
    encoder.writeIndex(0);
    encoder.writeIndex(0);
  }

  private void assertMalformed(AvroDeserializer<?> deserializer, byte[] value, String message) {
    // Once for what is loaded on first use, then measured.
    assertThatThrownBy(() -> deserializer.deserialize(value.clone()));
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    var refused =
        catchThrowableOfType(AvroDecodingException.class, () -> deserializer.deserialize(value));
    long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(refused).isNotNull();
    assertThat(refused.failure()).isEqualTo(Failure.MALFORMED);
    assertThat(refused).hasMessageContaining(message);
    assertThat(allocated).isLessThan(ALLOCATION_LIMIT);
  }

  private void assertMalformedSpectrum(String message, Content arms) {
    byte[] value =
        message(
            Spectrum.getClassSchema(),
            encoder -> {
              writeHeader(encoder);
              arms.write(encoder);
            });
    assertMalformed(spectra, value, message);
  }

  @Test
  void shouldRefuseWhatIsNotTheWireFormat() {
    for (byte[] value :
        new byte[][] {{}, {0, 0, 0}, {1, 0, 0, 0, 1, 0}, {'{', '"', 'a', '"', ':'}}) {
      var refused =
          catchThrowableOfType(AvroDecodingException.class, () -> spectra.deserialize(value));
      assertThat(refused.failure()).isEqualTo(Failure.NOT_WIRE_FORMAT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1L << 31, Integer.MAX_VALUE, (1L << 31) - 9, 1L << 62, Long.MAX_VALUE})
  void shouldRefuseBytesLongerThanTheMessageWithoutAllocatingThem(long length) {
    var grids = new AvroDeserializer<>(ExplicitGrid.class, client);
    byte[] value = message(ExplicitGrid.getClassSchema(), e -> e.writeLong(length));

    assertMalformed(grids, value, "claims a length of " + length + " bytes, 0 remain");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Integer.MIN_VALUE, Long.MIN_VALUE})
  void shouldRefuseNegativeLengths(long length) {
    var grids = new AvroDeserializer<>(ExplicitGrid.class, client);
    var probabilities = new AvroDeserializer<>(ClassProbability.class, client);

    assertMalformed(
        grids, message(ExplicitGrid.getClassSchema(), e -> e.writeLong(length)), "length of -");
    assertMalformed(
        probabilities,
        message(ClassProbability.getClassSchema(), e -> e.writeLong(length)),
        "length of -");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 1L << 31, Integer.MAX_VALUE, 1L << 62, Long.MAX_VALUE})
  void shouldRefuseArraysOfMoreItemsThanTheMessageCanHold(long items) {
    assertMalformedSpectrum("items", e -> e.writeLong(Math.max(items, 200)));
  }

  @Test
  void shouldRefuseALaterBlockOfTooManyItems() {
    assertMalformedSpectrum(
        "items",
        encoder -> {
          encoder.writeLong(1);
          writeArm(encoder);
          encoder.writeLong(1L << 40);
        });
  }

  @Test
  void shouldRefuseBlocksWhoseSizeOrCountIsImpossible() {
    assertMalformedSpectrum(
        "a block claims a length of -3",
        e -> {
          e.writeLong(-1);
          e.writeLong(-3);
        });
    assertMalformedSpectrum(
        "a block claims a length of 9223372036854775807",
        e -> {
          e.writeLong(-1);
          e.writeLong(Long.MAX_VALUE);
        });
    assertMalformedSpectrum(
        "items",
        e -> {
          e.writeLong(Long.MIN_VALUE);
          e.writeLong(0);
        });
  }

  @Test
  void shouldReadBlocksThatGiveTheirSize() throws IOException {
    var arm = new ByteArrayOutputStream();
    BinaryEncoder armEncoder = EncoderFactory.get().directBinaryEncoder(arm, null);
    writeArm(armEncoder);
    byte[] value =
        message(
            Spectrum.getClassSchema(),
            encoder -> {
              writeHeader(encoder);
              encoder.writeLong(-1);
              encoder.writeLong(arm.size());
              encoder.writeFixed(arm.toByteArray());
              encoder.writeLong(0);
            });

    assertThat(spectra.deserialize(value).getArms()).hasSize(1);
  }

  @Test
  void shouldRefuseAMillionTinyArms() {
    assertMalformedSpectrum(
        "items",
        encoder -> {
          encoder.writeLong(1_000_000);
          for (int i = 0; i < 1_000_000; i++) {
            writeArm(encoder);
          }
          encoder.writeLong(0);
        });
  }

  private static void writeArm(BinaryEncoder encoder) throws IOException {
    encoder.writeString("");
    encoder.writeIndex(2);
    encoder.writeLong(0);
    encoder.writeEnum(0);
    encoder.writeLong(0);
    encoder.writeLong(0);
    encoder.writeIndex(0);
  }

  @Test
  void shouldRefuseUnionBranchesAndEnumSymbolsThatAreNotThere() {
    for (int number : new int[] {3, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertMalformedSpectrum(
          "out of range",
          encoder -> {
            encoder.writeLong(1);
            encoder.writeString("b");
            encoder.writeIndex(number);
          });
      assertMalformedSpectrum(
          "out of range",
          encoder -> {
            encoder.writeLong(1);
            encoder.writeString("b");
            encoder.writeIndex(2);
            encoder.writeLong(0);
            encoder.writeEnum(number);
          });
    }
  }

  @Test
  void shouldRefuseNumbersThatNeverEnd() {
    assertMalformedSpectrum(
        "Invalid long encoding",
        encoder -> {
          byte[] endless = new byte[40];
          Arrays.fill(endless, (byte) 0xff);
          encoder.writeFixed(endless);
        });
  }

  @Test
  void shouldRefuseEveryTruncation() {
    byte[] good = message(Spectrum.getClassSchema(), this::writeSample);
    assertThat(spectra.deserialize(good)).isEqualTo(SampleRecords.spectrum());

    for (int length = WireFormat.HEADER_BYTES; length < good.length; length++) {
      byte[] truncated = Arrays.copyOf(good, length);
      var refused =
          catchThrowableOfType(AvroDecodingException.class, () -> spectra.deserialize(truncated));
      assertThat(refused).as("cut to %d of %d bytes", length, good.length).isNotNull();
      assertThat(refused.failure()).isEqualTo(Failure.MALFORMED);
    }
  }

  @Test
  void shouldRefuseTrailingBytes() {
    byte[] good = message(Spectrum.getClassSchema(), this::writeSample);

    assertMalformed(spectra, Arrays.copyOf(good, good.length + 3), "3 bytes are left over");
  }

  @Test
  void shouldAnswerAnyDamageWithARecordOrARefusal() {
    byte[] good = message(Spectrum.getClassSchema(), this::writeSample);
    Random random = new Random(20260228);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = good.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        int at = WireFormat.HEADER_BYTES + random.nextInt(good.length - WireFormat.HEADER_BYTES);
        damaged[at] = (byte) random.nextInt();
      }
      refused += refusesAsMalformed(damaged) ? 1 : 0;
    }
    // Damage in the pixels gives other pixels; damage elsewhere is mostly seen.
    assertThat(refused).isBetween(5_000, 45_000);
  }

  @Test
  void shouldRefuseNoise() {
    byte[] header = message(Spectrum.getClassSchema(), encoder -> {});
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[WireFormat.HEADER_BYTES + random.nextInt(300)];
      random.nextBytes(noise);
      System.arraycopy(header, 0, noise, 0, WireFormat.HEADER_BYTES);
      assertThat(refusesAsMalformed(noise)).as("noise %s", Arrays.toString(noise)).isTrue();
    }
  }

  private boolean refusesAsMalformed(byte[] value) {
    try {
      spectra.deserialize(value);
      return false;
    } catch (AvroDecodingException e) {
      assertThat(e.failure()).isEqualTo(Failure.MALFORMED);
      return true;
    }
  }

  private void writeSample(BinaryEncoder encoder) throws IOException {
    new org.apache.avro.specific.SpecificDatumWriter<Spectrum>(Spectrum.getClassSchema())
        .write(SampleRecords.spectrum(), encoder);
  }

  /** A producer's own fields are skipped, and must be skipped as warily as ours are read. */
  private Schema withExtra(String type) {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "ClassProbability", "namespace": "org.nightglass.avro",
             "fields": [
               {"name": "extra", "type": %s},
               {"name": "label", "type": "string"},
               {"name": "probability", "type": "double"}]}
            """
                .formatted(type));
  }

  private void assertMalformedExtra(String type, String message, Content extra) {
    var probabilities = new AvroDeserializer<>(ClassProbability.class, client);
    assertMalformed(probabilities, message(withExtra(type), extra), message);
  }

  @Test
  void shouldBoundItemsThatTakeNoBytes() {
    String nulls = "{\"type\": \"array\", \"items\": \"null\"}";
    assertMalformedExtra(nulls, "items", e -> e.writeLong(1L << 40));
    assertMalformedExtra(
        nulls,
        "items",
        encoder -> {
          for (int i = 0; i < 10_000; i++) {
            encoder.writeLong(9_000);
          }
        });
    assertMalformedExtra(
        "{\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"E\", \"fields\": []}}",
        "items",
        e -> e.writeLong(Integer.MAX_VALUE));
  }

  @Test
  void shouldBoundNestedArraysTogether() {
    assertMalformedExtra(
        "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"null\"}}",
        "items",
        encoder -> {
          encoder.writeLong(1_000);
          for (int i = 0; i < 1_000; i++) {
            encoder.writeLong(3_000);
            encoder.writeLong(0);
          }
        });
  }

  @Test
  void shouldSkipNoImpossibleLengths() {
    for (long length : new long[] {-1, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertMalformedExtra("\"string\"", "a string claims", e -> e.writeLong(length));
      assertMalformedExtra("\"bytes\"", "a bytes field claims", e -> e.writeLong(length));
    }
    for (String type : new String[] {"array\", \"items", "map\", \"values"}) {
      String schema = "{\"type\": \"" + type + "\": \"int\"}";
      assertMalformedExtra(schema, "items", e -> e.writeLong(1L << 31));
      assertMalformedExtra(
          schema,
          "a block claims a length",
          e -> {
            e.writeLong(-1);
            e.writeLong(1L << 31);
          });
      assertMalformedExtra(schema, "items", e -> e.writeLong(Long.MIN_VALUE));
    }
  }

  @Test
  void shouldSkipWhatIsWellFormed() {
    var probabilities = new AvroDeserializer<>(ClassProbability.class, client);
    byte[] value =
        message(
            withExtra("{\"type\": \"map\", \"values\": {\"type\": \"array\", \"items\": \"int\"}}"),
            encoder -> {
              encoder.writeLong(1);
              encoder.writeString("key");
              encoder.writeLong(-2);
              encoder.writeLong(2);
              encoder.writeInt(5);
              encoder.writeInt(6);
              encoder.writeLong(0);
              encoder.writeLong(0);
              encoder.writeString("QSO");
              encoder.writeDouble(0.5);
            });

    assertThat(probabilities.deserialize(value)).isEqualTo(new ClassProbability("QSO", 0.5));
  }

  @Test
  void shouldRefuseSchemasThatUnfoldWithoutEnd() {
    assertIncompatible(
        withExtra(
            "{\"type\": \"record\", \"name\": \"L\", \"fields\": [{\"name\": \"next\","
                + " \"type\": [\"null\", \"L\"]}]}"),
        "contains itself");
    assertIncompatible(withExtra(nested(40)), "nested deeper");
    assertIncompatible(withExtra(doubling(20)), "unfolds to more than");
  }

  private void assertIncompatible(Schema writer, String message) {
    var probabilities = new AvroDeserializer<>(ClassProbability.class, client);
    byte[] value = message(writer, e -> e.writeLong(0));
    assertThatThrownBy(() -> probabilities.deserialize(value))
        .isInstanceOfSatisfying(
            AvroDecodingException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.INCOMPATIBLE_SCHEMA))
        .hasMessageContaining(message);
  }

  private static String nested(int depth) {
    return depth == 0 ? "\"int\"" : "{\"type\": \"array\", \"items\": " + nested(depth - 1) + "}";
  }

  /** A record with two fields of a record with two fields of …: 2^depth fields, no byte. */
  private static String doubling(int depth) {
    if (depth == 0) {
      return "\"null\"";
    }
    String inner = depth == 1 ? "\"null\"" : "\"D" + (depth - 1) + "\"";
    return "{\"type\": \"record\", \"name\": \"D%d\", \"fields\": [{\"name\": \"a\", \"type\": %s}, {\"name\": \"b\", \"type\": %s}]}"
        .formatted(depth, doubling(depth - 1), inner);
  }
}
