package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.Spectra;
import org.nightglass.app.Cluster;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Account;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.demo.OutputReader;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;

/**
 * Each spectrum comes out exactly once, whatever happens to the application: the reader sees
 * committed records only, the input trickles (a preloaded topic can pass broken code), and the
 * application is the real one in JVMs of its own.
 */
class ExactlyOnceIT {
  private static EmbeddedParts parts;

  @TempDir Path folder;

  @BeforeAll
  static void startParts() {
    parts = EmbeddedParts.start(0, 0, null);
  }

  @AfterAll
  static void stopParts() {
    parts.close();
  }

  /** One application with topics of its own, a trickle of spectra into it, and the books. */
  private final class Run implements AutoCloseable {
    private final String name;
    private final Map<String, String> settings = new HashMap<>();
    private final NightglassConfig config;
    private final Account account = new Account();
    private final OutputReader reader;
    private final SpectrumSender sender;
    private final AtomicBoolean trickling = new AtomicBoolean(true);
    private final Thread trickle;
    private final List<ApplicationProcess> processes = new ArrayList<>();

    Run(String name, double perSecond) {
      this.name = name;
      settings.put(Settings.APPLICATION_ID, name);
      settings.put(Settings.TOPIC_SPECTRA, name + ".spectra");
      settings.put(Settings.TOPIC_RESULTS, name + ".results");
      settings.put(Settings.TOPIC_REJECTS, name + ".rejects");
      settings.put(Settings.COMMIT_INTERVAL, "500");
      settings.put(
          Settings.TRANSACTION_TIMEOUT, "10000"); // what a killed instance leaves open ends soon
      settings.put("kafka.session.timeout.ms", "6000");
      Map<String, String> all = new HashMap<>(settings);
      all.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
      all.put(Settings.REGISTRY_URL, parts.registryUrl());
      config = NightglassConfig.of("test", all);
      assertThat(Cluster.prepareTopics(config)).isEmpty();
      reader = new OutputReader(config, Books.of(account));
      AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
      serializer.configure(config.serdes(), false);
      sender = SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
      trickle = new Thread(() -> trickle(perSecond), "trickle");
      trickle.start();
    }

    private void trickle(double perSecond) {
      for (int i = 0; trickling.get(); i++) {
        String id = "s" + i;
        sender
            .send(Spectra.flat(id))
            .thenAccept(at -> account.sent(at.partition(), at.offset(), id));
        LockSupport.parkNanos(Math.round(1e9 / perSecond));
      }
    }

    ApplicationProcess start(int instance) throws IOException {
      List<String> more = new ArrayList<>();
      settings.forEach((key, value) -> more.addAll(List.of("-D", key + "=" + value)));
      ApplicationProcess process =
          ApplicationProcess.start(
              parts.bootstrapServers(),
              parts.registryUrl(),
              folder.resolve(name + "-" + instance),
              name + "-" + instance + "-" + processes.size(),
              more);
      processes.add(process);
      return process;
    }

    void awaitReady(ApplicationProcess process) throws IOException {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () -> {
                assertThat(process.alive())
                    .as("application lives; it wrote:\n%s", process.log())
                    .isTrue();
                return process.ready();
              });
    }

    void awaitResults(int count) {
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> assertThat(account.accounted()).isGreaterThanOrEqualTo(count));
    }

    /** Ends the trickle, waits until everything has come out, and closes the books. */
    void settle() throws InterruptedException, IOException {
      trickling.set(false);
      trickle.join();
      sender.close();
      assertThat(account.sent()).isPositive();
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() -> assertThat(account.faults()).isEmpty());
      // Whatever was doubled would have been committed before the last of the originals.
      assertThat(account.rejects()).isZero();
      assertThat(account.results()).isEqualTo(account.sent());
    }

    @Override
    public void close() {
      trickling.set(false);
      processes.forEach(ApplicationProcess::close);
      reader.close();
    }
  }

  @Test
  void shouldGiveEachSpectrumOneResultThoughItIsKilledAgainAndAgain() throws Exception {
    Random random = new Random(20260101);
    try (Run run = new Run("killed", 150)) {
      for (int kill = 0; kill < 4; kill++) {
        ApplicationProcess process = run.start(0);
        run.awaitReady(process);
        run.awaitResults(run.account.accounted() + 50 + random.nextInt(300));
        process.kill();
      }
      ApplicationProcess last = run.start(0);
      run.awaitReady(last);
      run.awaitResults(run.account.accounted() + 100);
      run.settle();
      assertThat(last.stop()).as("exit code of a clean stop").isIn(0, 143);
    }
  }

  @Test
  void shouldGiveEachSpectrumOneResultAcrossARebalanceAndACleanStop() throws Exception {
    try (Run run = new Run("shared", 150)) {
      ApplicationProcess first = run.start(0);
      run.awaitReady(first);
      run.awaitResults(200);
      ApplicationProcess second = run.start(1);
      run.awaitReady(second);
      run.awaitResults(run.account.accounted() + 300);
      first.stop();
      run.awaitResults(run.account.accounted() + 300);
      run.settle();
    }
  }
}
