package org.nightglass.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedRegistryIT {
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  @Test
  void shouldServeASchemaThatWasRegistered() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      int id = register(registry, "pointings-value", "Pointing");

      assertThat(get(registry, "/schemas/ids/" + id)).contains("Pointing");
      assertThat(get(registry, "/subjects")).isEqualTo("[\"pointings-value\"]");
      assertThat(register(registry, "pointings-value", "Pointing"))
          .as("registered again")
          .isEqualTo(id);
    }
  }

  @Test
  void shouldKeepSchemasAndIdsOverARestart(@TempDir Path parent) throws Exception {
    Path directory = parent.resolve("with a space");
    int first;
    int second;
    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().dataDirectory(directory).start()) {
      first = register(registry, "a-value", "A");
      second = register(registry, "b-value", "B");
    }

    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().dataDirectory(directory).start()) {
      assertThat(get(registry, "/schemas/ids/" + first)).contains("\\\"A\\\"");
      assertThat(get(registry, "/schemas/ids/" + second)).contains("\\\"B\\\"");
      assertThat(register(registry, "b-value", "B")).isEqualTo(second);
      assertThat(register(registry, "c-value", "C")).isNotIn(first, second);
    }
  }

  @Test
  void shouldKeepWhatItHasAnsweredEvenWhenKilled(@TempDir Path directory) throws Exception {
    int id;
    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().dataDirectory(directory).start()) {
      id = register(registry, "a-value", "A");
      ProcessHandle.of(registry.pid()).orElseThrow().destroyForcibly();

      assertThat(registry.failure()).succeedsWithin(Duration.ofSeconds(10));
      assertThat(registry.failure().get())
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("status 137");
    }

    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().dataDirectory(directory).start()) {
      assertThat(get(registry, "/schemas/ids/" + id)).contains("\\\"A\\\"");
    }
  }

  @Test
  void shouldRunTwoAtOnceApartAndOnLoopbackOnly() throws Exception {
    try (EmbeddedRegistry first = EmbeddedRegistry.start();
        EmbeddedRegistry second = EmbeddedRegistry.start()) {
      register(first, "a-value", "A");

      assertThat(get(first, "/subjects")).isEqualTo("[\"a-value\"]");
      assertThat(get(second, "/subjects")).isEqualTo("[]");
      for (EmbeddedRegistry registry : new EmbeddedRegistry[] {first, second}) {
        assertThat(ListeningSockets.ofProcess(registry.pid()))
            .anyMatch(socket -> socket.getPort() == registry.port())
            .allMatch(socket -> socket.getAddress().isLoopbackAddress());
      }
    }
  }

  @Test
  void shouldEndWhenItsParentIsKilled(@TempDir Path temporary) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Djava.io.tmpdir=" + temporary,
                "-Dnightglass.home=" + System.getProperty("nightglass.home"),
                "-cp",
                System.getProperty("java.class.path"),
                RegistryParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = parent.inputReader()) {
      String pid = output.readLine();
      assertThat(pid).as("the parent's first line").containsOnlyDigits();
      ProcessHandle registry = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

      parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

      assertThat(registry.onExit()).succeedsWithin(Duration.ofSeconds(20));
      assertThat(temporary).as("what it leaves").isEmptyDirectory();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void shouldOutliveACtrlCThatReachesEveryProcessOfTheTerminal() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      Process kill = new ProcessBuilder("kill", "-INT", Long.toString(registry.pid())).start();
      assertThat(kill.waitFor()).isZero();

      // Were it going down, it would go on answering for a moment: its end would be seen here.
      assertThat(registry.failure()).failsWithin(Duration.ofSeconds(2));
      assertThat(get(registry, "/subjects")).isEqualTo("[]");
    }
  }

  @Test
  void shouldEndOnClose() throws Exception {
    EmbeddedRegistry registry = EmbeddedRegistry.start();
    ProcessHandle process = ProcessHandle.of(registry.pid()).orElseThrow();

    registry.close();
    registry.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(registry.failure()).isNotDone();
  }

  @Test
  void shouldHonourAGivenPortAndRefuseATakenOne() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedRegistry.builder().port(port).start())
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }

    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().port(port).start()) {
      assertThat(registry.url()).isEqualTo("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }
  }

  @Test
  void shouldRefuseADirectoryThatAnotherRegistryUses(@TempDir Path directory) throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.builder().dataDirectory(directory).start()) {
      assertThatThrownBy(() -> EmbeddedRegistry.builder().dataDirectory(directory).start())
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use");
      assertThat(get(registry, "/subjects")).isEqualTo("[]");
    }
  }

  @Test
  void shouldShowTheRegistrysOwnWordsWhenItDoesNotStart(@TempDir Path directory)
      throws IOException {
    Files.writeString(directory.resolve("registry.mv.db"), "this is no database".repeat(1000));
    EmbeddedRegistry.Builder builder =
        EmbeddedRegistry.builder().dataDirectory(directory).startLimit(Duration.ofSeconds(30));

    assertThatThrownBy(builder::start)
        .isInstanceOf(EmbeddedServiceException.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("corrupted");
  }

  @Test
  void shouldSayWhereItLookedWhenTheRegistryIsMissing(@TempDir Path empty) {
    assertThatThrownBy(() -> EmbeddedRegistry.builder().home(empty).start())
        .isInstanceOf(EmbeddedServiceException.class)
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("mvnw");
  }

  private static int register(EmbeddedRegistry registry, String subject, String record)
      throws Exception {
    String body =
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\""
            + record
            + "\\\",\\\"fields\\\":[{\\\"name\\\":\\\"ra\\\",\\\"type\\\":\\\"double\\\"}]}\"}";
    String answer =
        send(
            HttpRequest.newBuilder(uri(registry, "/subjects/" + subject + "/versions"))
                .header("Content-Type", CONTENT_TYPE)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer).matches("\\{\"id\":\\d+\\}");
    return Integer.parseInt(answer.replaceAll("\\D", ""));
  }

  private static String get(EmbeddedRegistry registry, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(registry, path)));
  }

  private static URI uri(EmbeddedRegistry registry, String path) {
    return URI.create(registry.url() + path);
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                request.timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }
}
