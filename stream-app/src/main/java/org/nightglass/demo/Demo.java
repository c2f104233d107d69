package org.nightglass.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.nightglass.app.NightglassApp;
import org.nightglass.app.Served;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.produce.RecordTooBigException;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.serve.NightglassServer;
import org.nightglass.simulate.Truth;

/**
 * One run of the main job: spectra in as events, the application at work, results and rejects read
 * back and accounted for.
 */
public final class Demo implements AutoCloseable {

  /** What a run reports while it goes on. */
  public interface Watcher {
    void progress(int accounted, int total);

    void unreadable(String message);
  }

  /**
   * What a run came to.
   *
   * @param account the books
   * @param seconds from the first event sent to the last one accounted for
   * @param unreadableFiles input files that could not be read, and spectra too large to send
   * @param score against the truth, where the spectra were simulated
   * @param faults what did not add up; empty if all is well
   */
  public record Outcome(
      Account account, double seconds, int unreadableFiles, Score score, List<String> faults) {}

  private final NightglassConfig config;
  private final NightglassApp app;
  private final Optional<NightglassServer> server;

  private Demo(NightglassConfig config, NightglassApp app, Optional<NightglassServer> server) {
    this.config = config;
    this.app = app;
    this.server = server;
  }

  /** Starts the application and its server; their broker and registry must be there. */
  public static Demo start(NightglassConfig config, Path shippedBundles)
      throws InterruptedException {
    NightglassApp app = NightglassApp.start(config, shippedBundles);
    boolean ready = false;
    try {
      Object unused = CompletableFuture.anyOf(app.ready(), app.stopped()).get();
      Demo demo = new Demo(config, app, Served.start(config, app));
      ready = true;
      return demo;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the application did not start: " + NightglassApp.rootCause(e).getMessage(), e);
    } finally {
      if (!ready) {
        app.close();
      }
    }
  }

  /**
   * Sends every spectrum of a source and waits until each has come out.
   *
   * @param stall how long nothing may come out before the run is given up
   */
  public Outcome run(SpectrumSource source, Duration stall, Watcher watcher)
      throws InterruptedException {
    Account account = new Account();
    Map<String, Truth> truths = new ConcurrentHashMap<>();
    Score score = new Score();
    List<String> faults = new ArrayList<>();
    AtomicInteger unreadable = new AtomicInteger();
    OutputReader.Sink sink =
        new OutputReader.Sink() {
          @Override
          public void result(SpectrumResult result) {
            Truth truth = truths.get(result.getSpectrumId());
            if (truth != null) {
              score.add(truth, result);
            }
            account.result(result);
          }

          @Override
          public void reject(Reject reject) {
            account.reject(reject);
          }
        };
    long began = System.nanoTime();
    try (OutputReader reader = new OutputReader(config, sink)) {
      AtomicInteger sending = new AtomicInteger();
      try (SpectrumSender sender = sender()) {
        source.forEach(
            item -> {
              String id = item.spectrum().observation().spectrumId();
              if (item.truth() != null) {
                truths.put(id, item.truth());
              }
              try {
                sender
                    .send(item.spectrum())
                    .thenAccept(at -> account.sent(at.partition(), at.offset(), id));
                sending.incrementAndGet();
              } catch (RecordTooBigException e) {
                unreadable.incrementAndGet();
                watcher.unreadable(String.valueOf(e.getMessage()));
              }
              watcher.progress(account.accounted(), Math.max(source.size(), sending.get()));
            },
            broken -> {
              unreadable.incrementAndGet();
              watcher.unreadable(String.valueOf(broken.getMessage()));
            });
      }
      if (account.sent() != sending.get()) {
        faults.add("the broker took %d of %d events".formatted(account.sent(), sending.get()));
      }
      await(account, stall, watcher, faults);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    faults.addAll(account.faults());
    return new Outcome(account, seconds, unreadable.get(), score, faults);
  }

  private SpectrumSender sender() {
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    return SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
  }

  private void await(Account account, Duration stall, Watcher watcher, List<String> faults)
      throws InterruptedException {
    int total = account.sent();
    int last = -1;
    long lastChange = System.nanoTime();
    while (account.accounted() < total) {
      if (app.stopped().isDone()) {
        faults.add("the application stopped: " + reason());
        return;
      }
      if (account.accounted() != last) {
        last = account.accounted();
        lastChange = System.nanoTime();
      } else if (System.nanoTime() - lastChange > stall.toNanos()) {
        faults.add("nothing came out for " + stall.toSeconds() + " s");
        return;
      }
      watcher.progress(account.accounted(), total);
      account.awaitChange(Duration.ofMillis(200));
    }
    watcher.progress(account.accounted(), total);
  }

  private String reason() {
    try {
      app.stopped().join();
      return "without saying why";
    } catch (RuntimeException e) {
      return String.valueOf(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The settings of a run on embedded parts. */
  public static Map<String, String> settings(String bootstrapServers, String registry, Path state) {
    return Map.of(
        Settings.BOOTSTRAP_SERVERS,
        bootstrapServers,
        Settings.REGISTRY_URL,
        registry,
        Settings.STATE_DIR,
        state.toString(),
        Settings.OBSERVATORY_ZONE,
        "America/Denver"); // where the simulated telescope stands
  }

  /** Where page and API are; empty where the configuration wants none. */
  public Optional<URI> address() {
    return server.map(NightglassServer::address);
  }

  /** The token that overrides need; empty where there is no server. */
  public Optional<String> token() {
    return server.map(NightglassServer::token);
  }

  @Override
  public void close() {
    server.ifPresent(NightglassServer::close);
    app.close();
  }
}
