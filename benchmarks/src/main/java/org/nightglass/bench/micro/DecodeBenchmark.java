package org.nightglass.bench.micro;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nightglass.avro.Spectrum;
import org.nightglass.bench.SampleNights;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.schemas.serde.AvroDeserializer;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.spectrum.ObservedSpectrum;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A record's bytes to an Avro event, and back. The registry is asked once, before the clock runs:
 * here it knows one schema and is a few lines.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class DecodeBenchmark {
  private static final String TOPIC = "nightglass.spectra";

  private AvroDeserializer<Spectrum> deserializer;
  private AvroSerializer<Spectrum> serializer;
  private List<Spectrum> events;
  private List<byte[]> sdss;
  private List<byte[]> desi;
  private HttpServer registry;
  private int next;

  @Setup
  public void fill() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    registry.start();
    Map<String, String> settings =
        Map.of("schema.registry.url", "http://127.0.0.1:" + registry.getAddress().getPort());
    serializer = new AvroSerializer<>();
    serializer.configure(settings, false);
    events = SampleNights.sdss().stream().map(SpectrumEvents::event).toList();
    sdss = bytes(SampleNights.sdss());
    desi = bytes(SampleNights.desi());
    registry.removeContext("/");
    registry.createContext(
        "/",
        exchange -> {
          byte[] answer = schema();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    deserializer = new AvroDeserializer<>(Spectrum.class);
    deserializer.configure(settings, false);
  }

  private static byte[] schema() throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .writeValueAsBytes(Map.of("schema", Spectrum.getClassSchema().toString()));
  }

  private List<byte[]> bytes(List<ObservedSpectrum> spectra) {
    return spectra.stream()
        .map(spectrum -> serializer.serialize(TOPIC, SpectrumEvents.event(spectrum)))
        .toList();
  }

  @TearDown
  public void stop() {
    registry.stop(0);
  }

  private <T> T next(List<T> all) {
    next = (next + 1) % all.size();
    return all.get(next);
  }

  @Benchmark
  public Spectrum decodeSdss() {
    return deserializer.deserialize(TOPIC, next(sdss));
  }

  @Benchmark
  public Spectrum decodeDesi() {
    return deserializer.deserialize(TOPIC, next(desi));
  }

  @Benchmark
  public byte[] encodeSdss() {
    return serializer.serialize(TOPIC, next(events));
  }
}
