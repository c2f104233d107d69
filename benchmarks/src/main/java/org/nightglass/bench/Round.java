package org.nightglass.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nightglass.config.NightglassConfig;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.Preparer;

/** Everything that is measured in this process, once, one after the other. */
final class Round implements AutoCloseable {
  static final String FLOAT32_RAW = "float32.raw_session";
  static final String ENGINE = "engine";
  static final String ACCOUNT = "account.";
  static final String EXACTLY_ONCE = "exactly_once_v2";
  static final String AT_LEAST_ONCE = "at_least_once";

  private final Plan plan;
  private final Contender shipped;
  private final RawSession float32;
  private final Contender paper;
  private final NoOpModel noOp;
  private final Crew crew;
  private final Stages stages;
  private final Road road;
  private final Map<EventKind, Input> inputs = new EnumMap<>(EventKind.class);

  /** For GaSNet-II's networks, which are slow. */
  private final Input fewer;

  private int round;

  /** Spectra of a kind, also as events in a topic. */
  record Input(
      SampleNight night, List<byte[]> events, SpectraTopic topic, NightglassConfig config) {

    /** Simulates the spectra and fills a topic with so many events. */
    static Input of(EventKind kind, String name, int count, Services services) {
      SampleNight night = SampleNight.simulate(kind, Plan.SAMPLE);
      NightglassConfig config = services.config(name, name + ".spectra", EXACTLY_ONCE);
      SpectraTopic topic = SpectraTopic.create(config, night);
      topic.fill(0, count);
      List<byte[]> events = IntStream.range(0, Plan.SAMPLE).mapToObj(topic::bytes).toList();
      return new Input(night, events, topic, config);
    }
  }

  /**
   * Fills the topics.
   *
   * @param shipped the bundle, closed by the caller
   * @param float32 its sessions as it was trained, closed by the caller
   * @param paper GaSNet-II's networks, closed by the caller
   */
  Round(
      Plan plan,
      Contender shipped,
      RawSession float32,
      Contender paper,
      Crew crew,
      Services services,
      Road road) {
    this.plan = plan;
    for (EventKind kind : EventKind.values()) {
      inputs.put(kind, Input.of(kind, "input-" + kind.label(), plan.events(kind), services));
    }
    this.fewer = Input.of(EventKind.SDSS, "input-few", plan.paperEvents(), services);
    this.shipped = shipped;
    this.float32 = float32;
    this.paper = paper;
    this.noOp = new NoOpModel(shipped.model().card());
    this.crew = crew;
    this.stages = new Stages(crew);
    this.road = road;
  }

  private Input input(EventKind kind) {
    Input input = inputs.get(kind);
    if (input == null) {
      throw new IllegalStateException("nothing of kind " + kind);
    }
    return input;
  }

  /**
   * Runs that do not count: the road as it will be measured, and what the paper's networks need.
   */
  void warmUp() throws InterruptedException {
    Figures unused = new Figures();
    road.warmUp(
        input(EventKind.SDSS), plan.sdssEvents(), plan.warmUps(), plan.warmUpWithin(), noOp);
    against(shipped, input(EventKind.SDSS), plan.sdssEvents(), unused);
  }

  /** Measures everything once. */
  void run(Figures figures) throws InterruptedException {
    // First what takes the compiler longest to be done with: it would share the rest's processors.
    noOp(EventKind.SDSS, figures);
    against(shipped, input(EventKind.SDSS), plan.sdssEvents(), figures);
    Measurement before = float32.measure(crew, plan.rawPasses());
    if (++round <= plan.paperRounds()) {
      against(paper, fewer, plan.paperEvents(), figures);
    }
    figures.add(FLOAT32_RAW, before.and(float32.measure(crew, plan.rawPasses())));
    endToEnd(EventKind.DESI, EXACTLY_ONCE, figures);
    if (plan.everything()) {
      endToEnd(EventKind.SDSS, AT_LEAST_ONCE, figures);
      endToEnd(EventKind.DESI, AT_LEAST_ONCE, figures);
      noOp(EventKind.DESI, figures);
    }
    figures.add(
        ENGINE,
        stages.infer(shipped.prepared(), shipped.model(), Contender.BATCH, plan.rawPasses()));
    String normalisation = shipped.model().card().classifier().network().normalisation();
    figures.add(
        "normalise." + normalisation,
        stages.normalise(shipped.prepared(), normalisation, plan.stagePasses()));
    Preparer preparer = Stages.preparer(shipped.model());
    for (EventKind kind : EventKind.values()) {
      Input input = input(kind);
      figures.add(
          "prepare." + kind.label(), stages.prepare(input.night(), preparer, plan.stagePasses()));
      figures.add(
          "decode." + kind.label(),
          stages.decode(input.config(), input.events(), plan.stagePasses()));
    }
  }

  private void against(Contender contender, Input input, int events, Figures figures)
      throws InterruptedException {
    contender.against(crew, road, input.topic().name(), events, figures);
  }

  private void endToEnd(EventKind kind, String guarantee, Figures figures)
      throws InterruptedException {
    road(
        shipped.roadRow(kind, guarantee),
        input(kind),
        plan.events(kind),
        guarantee,
        shipped.model(),
        figures);
  }

  private void noOp(EventKind kind, Figures figures) throws InterruptedException {
    String row = "no_op_model.%s.%s".formatted(kind.label(), EXACTLY_ONCE);
    Road.Apart apart = road.apart(input(kind), plan.events(kind), noOp);
    apart.spectra().addTo(figures, row);
    figures.add(ACCOUNT + kind.label(), apart.account());
  }

  private void road(
      String row, Input input, int events, String guarantee, SpectrumModel model, Figures figures)
      throws InterruptedException {
    road.run(input.topic().name(), events, guarantee, model, Map.of()).addTo(figures, row);
  }

  @Override
  public void close() {
    inputs.values().forEach(input -> input.topic().close());
    fewer.topic().close();
  }
}
