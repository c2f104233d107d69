package org.nightglass.topology;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.WindowSnr;
import org.nightglass.batch.BatchProcessor;
import org.nightglass.batch.BatchProcessor.Routed;
import org.nightglass.batch.BatchWatcher;
import org.nightglass.batch.DrainOnCommitStore;
import org.nightglass.batch.IsolatingRunner.Outcome;
import org.nightglass.batch.SharedModel;
import org.nightglass.config.NightglassConfig;
import org.nightglass.decide.Decider;
import org.nightglass.decide.Decision;
import org.nightglass.decide.Warning;
import org.nightglass.infer.Inference;
import org.nightglass.ingest.InFlight;
import org.nightglass.ingest.Rejection;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.night.Observatory;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.publish.Judged;
import org.nightglass.publish.OutputWatcher;
import org.nightglass.publish.RejectWriter;
import org.nightglass.publish.ResultWriter;
import org.nightglass.publish.WindowedSnr;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.RejectReason;

/**
 * The whole application on one screen.
 *
 * <pre>
 *  spectra ─► arrive ─► ingest ─► prepare ─► infer ─► decide ─► publish ─► results
 *                         │          │      (batches)
 *                         └──────────┴─────────┴─► refuse ─► rejects
 * </pre>
 */
public final class NightglassTopology {
  private static final String BATCH_STORE = "batch";

  private NightglassTopology() {}

  /**
   * What the stages are made of. All of it is shared by every task and thread.
   *
   * @param reader ingest: bytes to spectra
   * @param preparer prepare: spectra to the model's grid
   * @param model infer
   * @param decider decide
   * @param observatory decide: whose nights they are; null where that is not known
   * @param snrWindows decide: S/N where a programme's rules ask for it
   * @param results publish: decisions to results
   * @param rejects publish: rejections to rejects
   * @param resultSerializer for the results topic
   * @param rejectSerializer for the rejects topic
   * @param clock of the wall
   * @param nanoClock for lingers
   * @param watchers are told of batches and of what goes out
   */
  public record Stages(
      SpectrumReader reader,
      Preparer preparer,
      SharedModel model,
      Decider decider,
      @Nullable Observatory observatory,
      WindowedSnr snrWindows,
      ResultWriter results,
      RejectWriter rejects,
      Serializer<SpectrumResult> resultSerializer,
      Serializer<Reject> rejectSerializer,
      Clock clock,
      LongSupplier nanoClock,
      Watchers watchers) {}

  /** Who is told of what. */
  public record Watchers(BatchWatcher batches, OutputWatcher output) {
    /** Nobody. */
    public static final Watchers NONE = new Watchers(BatchWatcher.NONE, OutputWatcher.NONE);
  }

  /**
   * How spectra are batched, per thread.
   *
   * @param maxSize most spectra in a batch
   * @param maxBytes most bytes of events held back
   * @param linger how long a spectrum may wait for others
   * @param commitAfter since the last commit: the next batch that ends asks for one
   */
  public record Batching(int maxSize, long maxBytes, Duration linger, Duration commitAfter) {}

  /**
   * Builds the topology.
   *
   * @param topics names of the topics
   * @param batching how spectra are batched
   */
  public static Topology build(NightglassConfig.Topics topics, Batching batching, Stages stages) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Topology topology = new Topology();
    topology
        .addSource(
            AutoOffsetReset.earliest(), "spectra", new IngestTime(), bytes, bytes, topics.spectra())
        .addProcessor("arrive", () -> new ArrivalProcessor(stages.clock()), "spectra")
        .addProcessor("ingest", stage("prepare", stages.reader()::read, arrival -> null), "arrive")
        .addProcessor(
            "prepare", stage("infer", prepare(stages), ObservedSpectrum::observation), "ingest")
        .addProcessor("infer", infer(batching, stages), "prepare")
        .addStateStore(DrainOnCommitStore.builder(BATCH_STORE), "infer")
        .addProcessor("decide", stage("publish", decide(stages), inferred -> null), "infer")
        .addProcessor(
            "publish",
            () -> new ResultProcessor(stages.results(), stages.watchers().output()),
            "decide")
        .addSink(
            "results",
            topics.results(),
            new StringSerializer(),
            stages.resultSerializer(),
            "publish")
        .addProcessor(
            "refuse",
            () -> new RejectProcessor(stages.rejects(), stages.watchers().output()),
            "ingest",
            "prepare",
            "infer",
            "decide")
        .addSink(
            "rejects",
            topics.rejects(),
            new ByteArraySerializer(),
            stages.rejectSerializer(),
            "refuse");
    return topology;
  }

  private record Inferred(PreparedSpectrum spectrum, Inference inference) {}

  private static Function<InFlight<ObservedSpectrum>, PreparedSpectrum> prepare(Stages stages) {
    return observed -> stages.preparer().prepare(observed.value(), observed.arrival().receivedAt());
  }

  private static Function<InFlight<Inferred>, Judged> decide(Stages stages) {
    return inferred -> {
      PreparedSpectrum spectrum = inferred.value().spectrum();
      Inference inference = inferred.value().inference();
      Decision decision = stages.decider().decide(spectrum, inference);
      List<WindowSnr> windows = stages.snrWindows().measure(spectrum);
      Observatory observatory = stages.observatory();
      if (observatory == null) {
        return new Judged(spectrum, inference, decision, null, windows);
      }
      String night = observatory.night(spectrum.observation().mjd());
      String declared = spectrum.observation().night();
      boolean agrees = declared == null || declared.equals(night);
      return new Judged(
          spectrum,
          inference,
          agrees ? decision : decision.with(Warning.NIGHT_MISMATCH),
          night,
          windows);
    };
  }

  private static ProcessorSupplier<String, InFlight<PreparedSpectrum>, String, Object> infer(
      Batching batching, Stages stages) {
    BatchProcessor.Settings settings =
        new BatchProcessor.Settings(
            BATCH_STORE,
            batching.maxSize(),
            batching.maxBytes(),
            batching.linger(),
            batching.commitAfter());
    return BatchProcessor.supplier(
        settings,
        batch -> route(batch, stages.model()),
        spectrum -> spectrum.arrival().bytes(),
        stages.nanoClock(),
        stages.clock(),
        stages.watchers().batches());
  }

  private static List<Routed<Object>> route(
      List<InFlight<PreparedSpectrum>> batch, SharedModel model) {
    List<Outcome<Inference>> outcomes = model.infer(batch.stream().map(InFlight::value).toList());
    List<Routed<Object>> routes = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      InFlight<PreparedSpectrum> spectrum = batch.get(i);
      if (outcomes.get(i) instanceof Outcome.Answer<Inference> answer) {
        Inferred inferred = new Inferred(spectrum.value(), answer.value());
        routes.add(new Routed<>("decide", spectrum.with(inferred)));
      } else if (outcomes.get(i) instanceof Outcome.Failure<Inference> failure) {
        routes.add(new Routed<>("refuse", failed(spectrum, failure.cause())));
      }
    }
    return routes;
  }

  private static Rejection failed(InFlight<PreparedSpectrum> spectrum, RuntimeException cause) {
    return new Rejection(
        spectrum.arrival(),
        RejectReason.MODEL_FAILED,
        "the model fails on this spectrum alone: " + cause,
        spectrum.value().observation());
  }

  private static <I, O> ProcessorSupplier<String, InFlight<I>, String, Object> stage(
      String next,
      Function<InFlight<I>, O> function,
      Function<I, @Nullable Observation> observation) {
    return () -> new StageProcessor<>(next, "refuse", function, observation);
  }
}
