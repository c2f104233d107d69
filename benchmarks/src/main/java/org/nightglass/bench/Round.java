package org.nightglass.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nightglass.config.NightglassConfig;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;

/** Everything that is measured in this process, once, one after the other. */
final class Round implements AutoCloseable {
  static final String RAW = "raw_session";
  static final String ENGINE = "engine";
  static final List<String> GUARANTEES = List.of("exactly_once_v2", "at_least_once");

  private static final int BATCH = 256; // the default of batch.max.size
  private static final int THREADS = 2; // the default of num.stream.threads and model.concurrency

  private final Plan plan;
  private final SpectrumModel model;
  private final NoOpModel noOp;
  private final Crew crew;
  private final Stages stages;
  private final Road road;
  private final RawSession raw;
  private final Preparer preparer;
  private final List<PreparedSpectrum> prepared;
  private final Map<EventKind, Input> inputs = new EnumMap<>(EventKind.class);

  private record Input(
      SampleNight night, List<byte[]> events, SpectraTopic topic, NightglassConfig config) {}

  /**
   * Simulates the spectra, fills the topics and opens the sessions.
   *
   * @param model the bundle, open and warm; stays open
   */
  Round(Plan plan, ModelBundle bundle, SpectrumModel model, Services services) {
    this.plan = plan;
    this.model = model;
    this.noOp = new NoOpModel(model.card());
    CpuClock clock = new CpuClock(services.processes());
    this.crew = new Crew(THREADS, clock);
    this.stages = new Stages(crew);
    this.road = new Road(services, clock);
    this.preparer = Stages.preparer(model);
    for (EventKind kind : EventKind.values()) {
      inputs.put(kind, input(kind, services));
    }
    this.prepared = input(EventKind.SDSS).night().prepared(preparer);
    this.raw = RawSession.open(bundle, model, EngineOptions.DEFAULT, prepared, BATCH);
  }

  private Input input(EventKind kind, Services services) {
    SampleNight night = SampleNight.simulate(kind, Plan.SAMPLE);
    String name = "input-" + kind.label();
    NightglassConfig config = services.config(name, name + ".spectra", GUARANTEES.get(0));
    SpectraTopic topic = SpectraTopic.create(config, night);
    topic.fill(0, plan.events(kind));
    List<byte[]> events = IntStream.range(0, Plan.SAMPLE).mapToObj(topic::bytes).toList();
    return new Input(night, events, topic, config);
  }

  private Input input(EventKind kind) {
    Input input = inputs.get(kind);
    if (input == null) {
      throw new IllegalStateException("nothing of kind " + kind);
    }
    return input;
  }

  SampleNight night(EventKind kind) {
    return input(kind).night();
  }

  /** Name of a row of figures of the whole road. */
  static String endToEnd(EventKind kind, String guarantee) {
    return "end_to_end.%s.%s".formatted(kind.label(), guarantee);
  }

  /** Measures everything once. */
  void run(Figures figures) throws InterruptedException {
    for (String guarantee : GUARANTEES) {
      // Beside each other, since one is divided by the other.
      if (guarantee.equals(GUARANTEES.get(0))) {
        figures.add(RAW, raw.measure(crew, plan.rawPasses()));
      }
      for (EventKind kind : EventKind.values()) {
        figures.add(
            endToEnd(kind, guarantee),
            road.measure(input(kind).topic(), plan.events(kind), guarantee, model));
      }
    }
    figures.add(ENGINE, stages.infer(prepared, model, BATCH, plan.rawPasses()));
    String normalisation = model.card().classifier().network().normalisation();
    figures.add(
        "normalise." + normalisation,
        stages.normalise(prepared, normalisation, plan.stagePasses()));
    for (EventKind kind : EventKind.values()) {
      Input input = input(kind);
      figures.add(
          "prepare." + kind.label(), stages.prepare(input.night(), preparer, plan.stagePasses()));
      figures.add(
          "decode." + kind.label(),
          stages.decode(input.config(), input.events(), plan.stagePasses()));
      figures.add(
          "no_op_model.%s.%s".formatted(kind.label(), GUARANTEES.get(0)),
          road.measure(input.topic(), plan.events(kind), GUARANTEES.get(0), noOp));
    }
  }

  @Override
  public void close() {
    raw.close();
    crew.close();
    inputs.values().forEach(input -> input.topic().close());
  }
}
