package org.nightglass.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until a registry's process tells its port and answers there. */
final class RegistryStart {
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Path portFile;
  private final Duration limit;
  private final long started = System.nanoTime();

  RegistryStart(Process process, Path portFile, Duration limit) {
    this.process = process;
    this.portFile = portFile;
    this.limit = limit;
  }

  static String url(int port) {
    return "http://" + LoopbackPort.HOST + ":" + port + "/apis/ccompat/v7";
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /**
   * Returns the port once the registry answers.
   *
   * @throws IOException if the process ends or the limit passes before
   */
  int await() throws IOException {
    while (!Files.exists(portFile)) {
      pause("it has not opened its port");
    }
    int port = Integer.parseInt(Files.readString(portFile).strip());
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(url(port) + "/subjects"))
            .timeout(Duration.ofSeconds(10))
            .build();
    while (!answers(client, question)) {
      pause("it does not answer at " + question.uri());
    }
    return port;
  }

  private static boolean answers(HttpClient client, HttpRequest question) {
    try {
      return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits a little, or finds out that waiting is over. */
  private void pause(String state) throws IOException {
    if (elapsed().compareTo(limit) > 0) {
      throw new IOException(state + " after " + limit.toSeconds() + " s");
    }
    try {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("its process has ended with status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + state, e);
    }
  }
}
