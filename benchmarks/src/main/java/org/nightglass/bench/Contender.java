package org.nightglass.bench;

import java.util.List;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A bundle that is measured: open and warm, with the sample prepared for it, and its sessions
 * alone.
 *
 * @param prefix of its rows of figures
 * @param rawPasses over the sample in one measurement of its sessions
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
