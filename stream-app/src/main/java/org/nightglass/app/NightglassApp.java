package org.nightglass.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.batch.SharedModel;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Serdes;
import org.nightglass.config.Settings;
import org.nightglass.decide.Decider;
import org.nightglass.infer.DeviceChoice;
import org.nightglass.infer.DeviceEngines;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.Precision;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.metrics.StreamMetrics;
import org.nightglass.night.Observatory;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.publish.RejectWriter;
import org.nightglass.publish.ResultWriter;
import org.nightglass.publish.WindowedSnr;
import org.nightglass.topology.NightglassTopology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application: one model, a Kafka Streams client for the spectra, and one for the
 * account of the night where the observatory is known.
 *
 * <p>Opened by {@link #start}, which returns once the model is warm and the topics are there; ready
 * when {@link #ready} completes; over when {@link #stopped} does, with the reason if it stopped by
 * itself. Whoever started it closes it.
 */
public final class NightglassApp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NightglassApp.class);

  /** Longer than the slowest batch: a clean stop hands on and commits what is in the buffers. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);

  private final SpectrumModel model;

  /** The road of the spectra and, where the observatory is known, the account of the night. */
  private final List<KafkaStreams> clients;

  private final KafkaRoad road;
  private final PrometheusMeterRegistry metrics;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  private NightglassApp(
      SpectrumModel model,
      List<KafkaStreams> clients,
      KafkaRoad road,
      PrometheusMeterRegistry metrics) {
    this.model = model;
    this.clients = List.copyOf(clients);
    this.road = road;
    this.metrics = metrics;
  }

  /**
   * Starts the application with the bundle that its configuration names.
   *
   * @param config its settings
   * @param shippedBundles folder of the bundles that come with Nightglass
   * @throws ConfigFaultsException with everything that is wrong with the bundle or the cluster's
   *     topics
   */
  public static NightglassApp start(NightglassConfig config, Path shippedBundles) {
    ModelBundle bundle = findBundle(config, shippedBundles);
    prepare(config, bundle.card());
    SpectrumModel model =
        DeviceEngines.open(
            bundle,
            new EngineOptions(
                config.integer(Settings.MODEL_INTRA_OP),
                config.integer(Settings.MODEL_INTER_OP),
                DeviceChoice.parse(config.string(Settings.MODEL_DEVICE)),
                Precision.parse(config.string(Settings.MODEL_PRECISION))));
    try {
      if (config.observatory() == null) {
        log.warn(
            "Neither {} nor {} is set: results will not name their night, and no account is kept of it",
            Settings.OBSERVATORY_ZONE,
            Settings.OBSERVATORY_LONGITUDE);
      }
      log.info("Warming up model {}/{}", model.card().name(), model.card().version());
      model.warmUp();
      return run(config, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Starts the application with a model that is open and warm already.
   *
   * @param config its settings
   * @param model closed with the application, also where it does not start
   * @throws ConfigFaultsException with everything in which model and configuration do not agree, or
   *     that is wrong with the cluster's topics
   */
  public static NightglassApp start(NightglassConfig config, SpectrumModel model) {
    try {
      prepare(config, model.card());
      return run(config, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void prepare(NightglassConfig config, ModelCard card) {
    List<String> faults = new ArrayList<>(bundleFaults(config, card));
    faults.addAll(Cluster.prepareTopics(config));
    faults.addAll(Schemas.register(config));
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException("start", faults);
    }
  }

  private static NightglassApp run(NightglassConfig config, SpectrumModel model) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Topology topology = topology(config, model, new StreamMetrics(metrics, model::statistics));
    log.debug("{}", topology.describe());
    List<KafkaStreams> clients = new ArrayList<>();
    clients.add(new KafkaStreams(topology, StreamsSettings.of(config)));
    KafkaRoad road = new KafkaRoad(config);
    Observatory observatory = config.observatory();
    if (observatory != null) {
      Topology night = NightAccount.topology(config, observatory, road);
      log.debug("{}", night.describe());
      clients.add(new KafkaStreams(night, StreamsSettings.ofNight(config)));
    }
    NightglassApp app = new NightglassApp(model, clients, road, metrics);
    ProcessMetrics.bind(metrics, clients);
    app.run();
    return app;
  }

  /** Finds the bundle that a configuration names. */
  public static ModelBundle findBundle(NightglassConfig config, Path shippedBundles) {
    List<Path> roots = new ArrayList<>();
    config.list(Settings.MODEL_BUNDLE_DIRS).forEach(dir -> roots.add(Path.of(dir)));
    roots.add(shippedBundles);
    ModelBundle found = ModelBundles.find(config.string(Settings.MODEL_BUNDLE), roots);
    List<Integer> sizes =
        config.list(Settings.MODEL_BATCH_SIZES).stream().map(Integer::valueOf).toList();
    return sizes.isEmpty() ? found : found.withBatchSizes(sizes);
  }

  /** What of a configuration does not fit a bundle. */
  public static List<String> bundleFaults(NightglassConfig config, ModelCard card) {
    int greatest = card.batchSizes().get(card.batchSizes().size() - 1);
    int size = config.integer(Settings.BATCH_MAX_SIZE);
    return size <= greatest
        ? List.of()
        : List.of(
            "%s=%d is more than the greatest batch of bundle %s/%s (accepted: at most %d, or greater ones in %s)"
                .formatted(
                    Settings.BATCH_MAX_SIZE,
                    size,
                    card.name(),
                    card.version(),
                    greatest,
                    Settings.MODEL_BATCH_SIZES));
  }

  /** Completes once every thread has its partitions and works. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /**
   * Completes when the application has stopped; exceptionally if it stopped because something is
   * broken.
   */
  public CompletableFuture<Void> stopped() {
    return stopped;
  }

  /** The model's card. */
  public ModelCard card() {
    return model.card();
  }

  /** What the products of the model's networks are of here. */
  public Precision precision() {
    return model.precision();
  }

  /** What is measured. */
  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /** Why spectra are not worked on, or the night not counted, now; empty where they are. */
  public List<String> reasonsNotReady() {
    List<String> reasons = new ArrayList<>(reasonsBroken());
    if (reasons.isEmpty()) {
      for (int i = 0; i < clients.size(); i++) {
        KafkaStreams.State state = clients.get(i).state();
        if (state != KafkaStreams.State.RUNNING) {
          reasons.add(
              "%s is %s, not RUNNING"
                  .formatted(
                      i == 0 ? "the road of the spectra" : "the account of the night", state));
        }
      }
    }
    return reasons;
  }

  /** Why spectra will not be worked on again; empty where all is well. */
  public List<String> reasonsBroken() {
    if (!stopped.isDone()) {
      return List.of();
    }
    return List.of(
        stopped
            .handle(
                (nothing, failure) ->
                    failure == null
                        ? "the stream has stopped"
                        : "the stream has stopped: " + rootCause(failure).getMessage())
            .join());
  }

  private void run() {
    AtomicInteger running = new AtomicInteger();
    for (KafkaStreams client : clients) {
      AtomicBoolean counted = new AtomicBoolean();
      client.setUncaughtExceptionHandler(
          failure -> {
            Throwable root = rootCause(failure);
            log.error(
                "Stopping, nothing is lost, spectra wait in Kafka: {}", root.toString(), failure);
            stopped.completeExceptionally(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      client.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
              if (counted.compareAndSet(false, true)
                  && running.incrementAndGet() == clients.size()) {
                ready.complete(null);
              }
            } else if (now.hasCompletedShutdown()) {
              stopped.complete(null);
            }
          });
    }
    clients.forEach(KafkaStreams::start);
  }

  /** What a failure comes down to; Kafka Streams wraps it several times over. */
  public static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    boolean ended = true;
    for (KafkaStreams client : clients) {
      ended &= client.close(CLOSE_WITHIN);
    }
    road.close();
    if (!ended) {
      log.warn(
          "Threads still busy after {}: what they hold is read again at the next start",
          CLOSE_WITHIN);
      return; // the model is in use: closing it under them would crash the JVM
    }
    stopped.complete(null);
    model.close();
  }

  private static Topology topology(
      NightglassConfig config, SpectrumModel model, StreamMetrics metrics) {
    Clock clock = Clock.systemUTC();
    SpectrumLimits limits =
        SpectrumLimits.DEFAULT.with(
            config.integer(Settings.LIMIT_ARMS),
            config.integer(Settings.LIMIT_PIXELS),
            Duration.ofSeconds(config.longInteger(Settings.LIMIT_FUTURE)));
    Deserializer<Spectrum> spectra =
        Serdes.configured(config, Settings.SERDE_SPECTRUM, Spectrum.class);
    Serializer<SpectrumResult> results =
        Serdes.configured(config, Settings.SERDE_RESULT, SpectrumResult.class);
    Serializer<Reject> rejects = Serdes.configured(config, Settings.SERDE_REJECT, Reject.class);
    return NightglassTopology.build(
        config.topics(),
        new NightglassTopology.Batching(
            config.integer(Settings.BATCH_MAX_SIZE),
            config.longInteger(Settings.BATCH_MAX_BYTES),
            config.milliseconds(Settings.BATCH_LINGER),
            config.milliseconds(Settings.COMMIT_INTERVAL)),
        new NightglassTopology.Stages(
            new SpectrumReader(spectra),
            new Preparer(model.card().grid(), limits),
            new SharedModel(model, config.integer(Settings.MODEL_CONCURRENCY) * model.devices()),
            new Decider(model.card()),
            config.observatory(),
            new WindowedSnr(config.policies(), model.card().grid()),
            new ResultWriter(model.card(), clock),
            new RejectWriter(
                config.string(Settings.APPLICATION_ID),
                Version.text(),
                config.observatory(),
                clock),
            results,
            rejects,
            clock,
            System::nanoTime,
            new NightglassTopology.Watchers(metrics, metrics)));
  }
}
