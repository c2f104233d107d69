package org.nightglass.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.Precision;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.train.SurveyPreset;
import org.nightglass.train.UntrainedGasNet2;

/**
 * A bundle that is measured: open and warm, with the sample prepared for it, and its sessions
 * alone.
 *
 * @param prefix of its rows of figures
 * @param rawPasses over the sample in one measurement of its sessions, of which two are one figure
 */
record Contender(
    String prefix,
    SpectrumModel model,
    RawSession raw,
    List<PreparedSpectrum> prepared,
    int rawPasses)
    implements AutoCloseable {
  /** Rows of a full batch: the default of batch.max.size. */
  static final int BATCH = 256;

  /** Begins the rows of GaSNet-II's networks. */
  static final String PAPER = "gasnet2.";

  /** How much of their sessions' rate GaSNet-II's networks reach end to end. */
  static final String PAPER_OVER_RAW = PAPER + "end_to_end_over_raw_session";

  /** As the paper's networks were published, and as ours were trained. */
  static final EngineOptions FLOAT32 = EngineOptions.DEFAULT.with(Precision.FLOAT32);

  private static final int PAPER_MEMBERS = 10;

  static Contender open(
      String prefix, ModelBundle bundle, EngineOptions options, SampleNight night, int rawPasses) {
    SpectrumModel model = SavedModelEngine.open(bundle, options);
    try {
      model.warmUp();
      List<PreparedSpectrum> prepared = night.prepared(Stages.preparer(model));
      RawSession raw = RawSession.open(bundle, model, options, prepared, BATCH);
      return new Contender(prefix, model, raw, prepared, rawPasses);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * GaSNet-II's networks as published: a classifier and ten members of one ensemble for all
   * classes, in float32; untrained, which costs as much.
   *
   * @param directory to write them to
   */
  static Contender paper(Path directory, SampleNight night, int rawPasses) throws IOException {
    UntrainedGasNet2.write(
        directory, ModelGrid.SDSS_3600, SurveyPreset.SDSS13.classes(), PAPER_MEMBERS);
    return open(PAPER, ModelBundle.open(directory), FLOAT32, night, rawPasses);
  }

  /**
   * Measures the whole road with it, and its sessions alone before and after: one is divided by the
   * other, and the machine may have changed its speed meanwhile.
   *
   * @param topic of SDSS-like spectra
   * @param events how many there are in it
   */
  void against(Crew crew, Road road, String topic, int events, Figures figures)
      throws InterruptedException {
    Measurement before = raw.measure(crew, rawPasses);
    Road.Outcome outcome = road.run(topic, events, Round.EXACTLY_ONCE, model, Map.of());
    figures.add(rawRow(), before.and(raw.measure(crew, rawPasses)));
    outcome.addTo(figures, roadRow(EventKind.SDSS, Round.EXACTLY_ONCE));
  }

  /** Name of the row of its sessions alone. */
  String rawRow() {
    return prefix + "raw_session";
  }

  /** Name of a row of the whole road with it. */
  String roadRow(EventKind kind, String guarantee) {
    return "%send_to_end.%s.%s".formatted(prefix, kind.label(), guarantee);
  }

  @Override
  public void close() {
    raw.close();
    model.close();
  }
}
