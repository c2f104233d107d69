package org.nightglass.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.avro.NightState;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.serve.read.Results;

/** Live events, on connections as they are on the network; and the read model across a restart. */
class EventsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static EmbeddedParts parts;

  @TempDir Path folder;
  private ServedNight served;
  private SampleNight night;

  @BeforeAll
  static void startParts() {
    parts = EmbeddedParts.start(0, 0, null);
  }

  @AfterAll
  static void stopParts() {
    parts.close();
  }

  @BeforeEach
  void start(TestInfo test) throws Exception {
    served = new ServedNight(parts, test.getDisplayName().replaceAll("\\W", ""), folder);
    night = new SampleNight(served.config);
    awaitReady();
  }

  @AfterEach
  void stop() {
    night.close();
    served.close();
  }

  private void awaitReady() {
    await().atMost(PATIENCE).until(() -> served.get("/readyz").statusCode() == 200);
  }

  /** An event stream, read line by line. */
  private record Stream(Socket socket, BufferedReader lines) implements AutoCloseable {
    static Stream open(URI server, String query, String... headers) throws IOException {
      Socket socket = new Socket(server.getHost(), server.getPort());
      socket.setSoTimeout(30_000);
      String request =
          "GET /api/v1/events%s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
              .formatted(
                  query,
                  server.getAuthority(),
                  headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new Stream(
          socket,
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    }

    /** Reads until an event of a type; gives its id and its data. */
    Event await(String type) throws IOException {
      String current = "";
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          current = line.substring(7);
          id = "";
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ") && current.equals(type)) {
          return new Event(id, line.substring(6));
        }
      }
      throw new AssertionError("the stream ended before an event '" + type + "'");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private record Event(String id, String data) {}

  @Test
  void shouldTellWhatChangesAndResumeWhereAConnectionBroke() throws Exception {
    String last;
    try (Stream stream = Stream.open(served.address(), "")) {
      assertThat(stream.await("hello").data()).contains("\"resumed\":false");
      night
          .send(
              served.config.topics().nights(),
              Results.NIGHT,
              SampleNight.status(NightState.OPEN, 1))
          .get();
      Event event = stream.await("night");
      assertThat(event.data()).contains("\"night\":\"20260228\"", "\"state\":\"OPEN\"");
      last = event.id();
    }
    night.field(7, 0).get();
    night
        .send(
            served.config.topics().nights(),
            Results.NIGHT,
            SampleNight.status(NightState.CLOSED, 2))
        .get();
    await()
        .atMost(PATIENCE)
        .until(() -> served.json("/api/v1/fields/field-17").path("revision").asInt() == 7);
    try (Stream stream = Stream.open(served.address(), "", "Last-Event-ID: " + last)) {
      assertThat(stream.await("hello").data()).contains("\"resumed\":true");
      String first = stream.await("field").data();
      assertThat(first).contains("\"revision\":7");
    }
    try (Stream stream = Stream.open(served.address(), "?types=night&last_event_id=" + last)) {
      assertThat(stream.await("night").data()).contains("CLOSED");
    }
  }

  @Test
  void shouldTellAReaderOfAnotherRunToReload() throws Exception {
    try (Stream stream = Stream.open(served.address(), "", "Last-Event-ID: 0123-7")) {
      assertThat(stream.await("hello").data()).contains("\"resumed\":false");
      assertThat(stream.await("reset").data()).contains("0123-7");
    }
  }

  @Test
  void shouldBringNewResultsAlongOfTheNightAskedForOnly() throws Exception {
    try (Stream here = Stream.open(served.address(), "?night=20260228&types=results");
        Stream elsewhere = Stream.open(served.address(), "?night=20260301")) {
      assertThat(here.await("hello").data()).isNotEmpty();
      assertThat(elsewhere.await("hello").data()).isNotEmpty();
      night.write();
      assertThat(here.await("results").data())
          .contains("\"night\":\"20260228\"", "\"spectrum_id\":\"spectrum-s");
      assertThat(elsewhere.await("survey").data())
          .as("of no single night")
          .contains("\"night\":null");
    }
  }

  @Test
  void shouldLetASlowReaderGoWithoutKeepingAnybodyWaiting() throws Exception {
    try (Stream slow = Stream.open(served.address(), "");
        Stream quick = Stream.open(served.address(), "?types=night")) {
      assertThat(slow.await("hello").data()).isNotEmpty();
      assertThat(quick.await("hello").data()).isNotEmpty();
      int events = 3000; // of 15 kB: far more than the log and all buffers on the way hold
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 1; i <= events; i++) {
        sent.add(night.field(i, 500));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
      await()
          .atMost(PATIENCE)
          .until(() -> served.json("/api/v1/fields/field-17").path("revision").asInt() == events);
      night
          .send(
              served.config.topics().nights(),
              Results.NIGHT,
              SampleNight.status(NightState.OPEN, 1))
          .get();
      assertThat(quick.await("night").data()).contains("OPEN");
      assertThat(slow.await("slow").data()).contains("does not keep up");
      assertThat(served.get("/metrics").body()).contains("nightglass_events_dropped_total 1.0");
    }
  }

  @Test
  void shouldGoOnAfterARestartWhereItStopped() throws Exception {
    night.write();
    String path = "/api/v1/nights/" + Results.NIGHT + "/results";
    await()
        .atMost(PATIENCE)
        .until(() -> served.json(path).path("matched").asInt() == SampleNight.SPECTRA);
    await().atMost(PATIENCE).until(() -> served.server().model().behind() == 0);
    served.close();
    served.start();
    awaitReady();
    assertThat(served.json(path).path("matched").asInt()).isEqualTo(SampleNight.SPECTRA);
    assertThat(served.server().model().recordsRead()).as("read again").isZero();
    night.field(9, 0).get();
    await()
        .atMost(PATIENCE)
        .until(() -> served.json("/api/v1/fields/field-17").path("revision").asInt() == 9);
  }
}
