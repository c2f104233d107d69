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
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.night.Observatory;
import org.nightglass.produce.RecordTooBigException;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.serve.NightglassServer;
import org.nightglass.simulate.Truth;
import org.nightglass.spectrum.Observation;

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
   * @param yields the nights' funnels by key, where the night was simulated too
   * @param faults what did not add up; empty if all is well
   */
  public record Outcome(
      Account account,
      double seconds,
      int unreadableFiles,
      Score score,
      Map<String, NightYield> yields,
      List<String> faults) {}

  /** From the last result to the last yield: three commits and an update, with much to spare. */
  private static final Duration YIELDS_WITHIN = Duration.ofSeconds(60);

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
    Observatory observatory = config.observatory();
    if (observatory == null) {
      throw new IllegalStateException("a demo's configuration names its observatory");
    }
    List<String> faults = new ArrayList<>();
    AtomicInteger unreadable = new AtomicInteger();
    try (NightScript night = new NightScript(config, observatory)) {
      Books books = new Books(night);
      long began = System.nanoTime();
      try (OutputReader reader = new OutputReader(config, books)) {
        int sent = send(source, books, unreadable, watcher);
        if (books.account.sent() != sent) {
          faults.add("the broker took %d of %d events".formatted(books.account.sent(), sent));
        }
        await(books.account, stall, watcher, faults);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      faults.addAll(books.account.faults());
      Map<String, NightYield> yields = closeNights(night, faults);
      return new Outcome(books.account, seconds, unreadable.get(), books.score, yields, faults);
    }
  }

  /** What comes out goes into the books, the score, and the night's truth. */
  private static final class Books implements OutputReader.Sink {
    final Account account = new Account();
    final Score score = new Score();
    final Map<String, Truth> truths = new ConcurrentHashMap<>();
    private final NightScript night;

    Books(NightScript night) {
      this.night = night;
    }

    @Override
    public void result(SpectrumResult result) {
      Truth truth = truths.get(result.getSpectrumId());
      if (truth != null) {
        score.add(truth, result);
        night.result(result);
      }
      account.result(result);
    }

    @Override
    public void reject(Reject reject) {
      if (reject.getSpectrumId() != null && truths.containsKey(reject.getSpectrumId())) {
        night.reject(reject);
      }
      account.reject(reject);
    }
  }

  private int send(SpectrumSource source, Books books, AtomicInteger unreadable, Watcher watcher) {
    AtomicInteger sending = new AtomicInteger();
    try (SpectrumSender sender = sender()) {
      source.forEach(
          item -> {
            Observation observation = item.spectrum().observation();
            String id = observation.spectrumId();
            if (item.truth() != null) {
              books.truths.put(id, item.truth());
              books.night.before(observation);
            }
            try {
              sender
                  .send(item.spectrum())
                  .thenAccept(at -> books.account.sent(at.partition(), at.offset(), id));
              sending.incrementAndGet();
            } catch (RecordTooBigException e) {
              unreadable.incrementAndGet();
              watcher.unreadable(String.valueOf(e.getMessage()));
            }
            watcher.progress(books.account.accounted(), Math.max(source.size(), sending.get()));
          },
          broken -> {
            unreadable.incrementAndGet();
            watcher.unreadable(String.valueOf(broken.getMessage()));
          });
    }
    return sending.get();
  }

  /** Closes the simulated nights and compares their yields with the truth. */
  private Map<String, NightYield> closeNights(NightScript night, List<String> faults) {
    night.close(night.nights());
    Map<String, NightYield> yields =
        YieldReader.until(
            config,
            found ->
                night.yields().stream().allMatch(key -> faults(night, key, found).isEmpty())
                    && found.values().stream().allMatch(y -> y.getState() == NightState.CLOSED),
            YIELDS_WITHIN);
    night.yields().forEach(key -> faults.addAll(faults(night, key, yields)));
    return yields;
  }

  private static List<String> faults(NightScript night, String key, Map<String, NightYield> found) {
    NightYield yield = found.get(key + "//");
    return yield == null ? List.of("there is no night-yield " + key) : night.faults(key, yield);
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

  /** The settings of a run on embedded parts; where the telescope stands, the survey may say. */
  public static Map<String, String> settings(String bootstrapServers, String registry, Path state) {
    return Map.of(
        Settings.BOOTSTRAP_SERVERS,
        bootstrapServers,
        Settings.REGISTRY_URL,
        registry,
        Settings.STATE_DIR,
        state.toString());
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
