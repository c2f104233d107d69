package org.nightglass.app;

import java.util.List;
import org.nightglass.infer.EngineStatistics;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.Precision;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/** A model that outlives the applications it is lent to: closing it does nothing. */
public class LentModel implements SpectrumModel {
  private final SpectrumModel model;

  public LentModel(SpectrumModel model) {
    this.model = model;
  }

  @Override
  public ModelCard card() {
    return model.card();
  }

  @Override
  public Precision precision() {
    return model.precision();
  }

  @Override
  public void warmUp() {
    model.warmUp();
  }

  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    return model.infer(batch);
  }

  @Override
  public EngineStatistics statistics() {
    return model.statistics();
  }

  @Override
  public void close() {}
}
