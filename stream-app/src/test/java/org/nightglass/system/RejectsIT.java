package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.Spectra;
import org.nightglass.app.NightglassApp;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.demo.OutputReader;
import org.nightglass.produce.RecordTooBigException;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Whatever is sent: each event that is no usable spectrum is rejected with its reason, and the next
 * is processed.
 */
class RejectsIT {
  private static final WavelengthGrid.Log SDSS = new WavelengthGrid.Log(3.58, 1e-4, 3600);

  @TempDir static Path folder;

  private static EmbeddedParts parts;
  private static NightglassConfig config;
  private static NightglassApp app;
  private static OutputReader reader;
  private static SpectrumSender sender;
  private static AvroSerializer<Spectrum> serializer;
  private static final Collected out = new Collected();

  @BeforeAll
  static void start() {
    parts = EmbeddedParts.start(0, 0, null);
    config = Shipped.config(parts, "rejects", folder.resolve("state"), Map.of());
    app = NightglassApp.start(config, Shipped.bundles());
    app.ready().join();
    reader = new OutputReader(config, out);
    serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    sender = SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
  }

  @AfterAll
  static void stop() {
    sender.close();
    reader.close();
    app.close();
    parts.close();
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Spectrum event) {
    return serializer.serialize(config.topics().spectra(), event);
  }

  private static Spectrum event(String name, WavelengthGrid grid) {
    return SpectrumEvents.event(Spectra.flat(Spectra.observation(name), grid));
  }

  private static byte[] good() {
    return bytes(event("good", SDSS));
  }

  private static byte[] withSchemaId(byte[] record, int id) {
    byte[] changed = record.clone();
    ByteBuffer.wrap(changed).putInt(1, id);
    return changed;
  }

  /** A header of the wire format, and what {@code payload} writes behind it. */
  private interface Payload {
    void write(BinaryEncoder encoder) throws IOException;
  }

  private static byte[] crafted(Payload payload) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write(good(), 0, 5);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(stream, null);
    payload.write(encoder);
    encoder.flush();
    return stream.toByteArray();
  }

  private static void header(BinaryEncoder encoder) throws IOException {
    encoder.writeString("spectrum-x");
    encoder.writeString("target-x");
    encoder.writeEnum(0);
    for (String text : List.of("survey", "programme", "field", "exposure")) {
      encoder.writeString(text);
    }
    encoder.writeInt(1); // fibre
    encoder.writeIndex(0); // ra_deg
    encoder.writeIndex(0); // dec_deg
    encoder.writeDouble(Spectra.MJD);
    encoder.writeIndex(0); // exposure_seconds
    encoder.writeString("v1");
    encoder.writeIndex(0); // night
    encoder.writeIndex(0); // selected_as
  }

  private static Spectrum future() {
    Observation now = Spectra.observation("future");
    double mjd = Instant.now().plus(Duration.ofDays(2)).getEpochSecond() / 86_400.0 + 40_587;
    Observation later =
        new Observation(
            now.spectrumId(),
            now.targetId(),
            now.kind(),
            now.survey(),
            now.programme(),
            now.fieldId(),
            now.exposureId(),
            now.fibre(),
            now.raDeg(),
            now.decDeg(),
            mjd,
            now.exposureSeconds(),
            now.reductionVersion(),
            null,
            null);
    return SpectrumEvents.event(Spectra.flat(later, SDSS));
  }

  private static Spectrum millionPixels() {
    Spectrum event = event("million", new WavelengthGrid.Log(3.0, 1e-6, 500_000));
    event.getArms().get(0).setMask(null); // fits into the topic's limit, not into ours
    return event;
  }

  private static Spectrum nothingSeen() {
    Spectrum event = event("blind", SDSS);
    event.getArms().get(0).setIvar(ByteBuffer.wrap(new byte[4 * 3600]));
    return event;
  }

  private static Spectrum ivarTooShort() {
    Spectrum event = event("short", SDSS);
    event.getArms().get(0).setIvar(ByteBuffer.wrap(new byte[4 * 3599]));
    return event;
  }

  private static Spectrum nameless() {
    Spectrum event = event("x", SDSS);
    event.setTargetId("");
    return event;
  }

  private static byte[] nightEvent() {
    AvroSerializer<NightEvent> nights = new AvroSerializer<>();
    nights.configure(config.serdes(), false);
    NightEvent event =
        new NightEvent(
            "20260101", "apo", NightEventType.OPENED, Instant.EPOCH, "observer", null, null);
    return nights.serialize("some.other.topic", event);
  }

  @Test
  void shouldRejectEachUnusableEventWithItsReasonAndGoOn() throws Exception {
    Map<String, byte[]> events = new LinkedHashMap<>();
    events.put("UNDECODABLE garbage", key("this is no Avro at all, nor anything like it"));
    events.put("UNDECODABLE empty", new byte[0]);
    events.put("UNKNOWN_SCHEMA id", withSchemaId(good(), 999_999_999));
    events.put("UNDECODABLE truncated", Arrays.copyOf(good(), good().length / 2));
    events.put(
        "UNDECODABLE array of 2^31",
        crafted(
            encoder -> {
              header(encoder);
              encoder.writeLong(1L << 31); // arms, a block of
            }));
    events.put(
        "UNDECODABLE bytes of 2^31",
        crafted(
            encoder -> {
              header(encoder);
              encoder.writeLong(1); // one arm
              encoder.writeString("b");
              encoder.writeIndex(2); // an explicit grid
              encoder.writeLong((1L << 31) - 1);
            }));
    events.put("UNDECODABLE string of 2^31", crafted(encoder -> encoder.writeLong((1L << 31) - 9)));
    events.put("INCOMPATIBLE_SCHEMA", nightEvent());
    events.put(
        "BAD_WAVELENGTHS nan", bytes(event("nan", new WavelengthGrid.Log(Double.NaN, 1e-4, 3600))));
    events.put(
        "BAD_WAVELENGTHS back", bytes(event("back", new WavelengthGrid.Linear(9000, -1, 3600))));
    events.put("TOO_LARGE", bytes(millionPixels()));
    events.put("FUTURE_OBSERVATION", bytes(future()));
    events.put("NO_GOOD_PIXEL", bytes(nothingSeen()));
    events.put("LENGTH_MISMATCH", bytes(ivarTooShort()));
    events.put("BAD_HEADER", bytes(nameless()));
    int results = out.results.size();
    for (Map.Entry<String, byte[]> each : events.entrySet()) {
      sender.send(key("k"), each.getValue()).get();
      sender.send(Spectra.flat("after-" + each.getKey())).get();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(out.rejects).hasSize(events.size());
              assertThat(out.results).hasSize(results + events.size());
            });
    for (Map.Entry<String, byte[]> each : events.entrySet()) {
      Reject reject =
          out.rejects.stream()
              .filter(r -> ByteBuffer.wrap(each.getValue()).equals(r.getValue()))
              .findFirst()
              .orElseThrow(
                  () -> new AssertionError(each.getKey() + " has no reject with its bytes"));
      assertThat(reject.getReason())
          .as("%s: %s", each.getKey(), reject.getMessage())
          .isEqualTo(each.getKey().split(" ")[0]);
      assertThat(reject.getMessage()).as(each.getKey()).isNotBlank();
      assertThat(out.results)
          .as("the spectrum after %s", each.getKey())
          .anyMatch(r -> r.getSpectrumId().equals("spectrum-after-" + each.getKey()));
    }
    assertThat(app.stopped()).as("the application").isNotDone();
  }

  @Test
  void shouldRefuseAtTheProducerWhatTheTopicWouldNotTakeAndNameTheLimit() {
    Spectrum huge = event("huge", new WavelengthGrid.Log(3.0, 1e-6, 1_000_000));
    assertThatExceptionOfType(RecordTooBigException.class)
        .isThrownBy(() -> sender.send(key("target-huge"), bytes(huge)))
        .withMessageContaining("target-huge")
        .withMessageContaining("rejects.spectra")
        .withMessageContaining("8,388,608")
        .withMessageContaining("max.message.bytes");
  }
}
