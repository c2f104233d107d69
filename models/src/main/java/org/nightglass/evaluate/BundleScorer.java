package org.nightglass.evaluate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.decide.Decider;
import org.nightglass.decide.Decision;
import org.nightglass.infer.Inference;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.infer.SpectrumFailedException;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.spectrum.BadSpectrumException;

/**
 * Runs spectra through the same preparation, model and decisions as the application, a batch at a
 * time, and keeps what was said of each beside what is true. Pixels are dropped with their batch.
 *
 * <p>Not safe for use by several threads. Does not own the model.
 */
public final class BundleScorer implements SpectrumSource.Reader {
  private final SpectrumModel model;
  private final Labels labels;
  private final Preparer preparer;
  private final Decider decider;
  private final Clock clock;
  private final Runnable step;
  private final int batchSize;
  private final List<LabelledSpectrum> waiting = new ArrayList<>();
  private final List<PreparedSpectrum> prepared = new ArrayList<>();
  private final List<Scored> scored = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /**
   * @param model judged by its own card's acceptance
   * @param clock tells the time against which exposures of the future are told
   * @param step called once a spectrum, used or not
   */
  public BundleScorer(SpectrumModel model, Clock clock, Runnable step) {
    this.model = model;
    this.labels = Labels.of(model.card());
    this.preparer = new Preparer(model.card().grid(), SpectrumLimits.DEFAULT);
    this.decider = new Decider(model.card());
    this.clock = clock;
    this.step = step;
    List<Integer> sizes = model.card().batchSizes();
    this.batchSize = sizes.get(sizes.size() - 1);
  }

  /** The classes that the model knows. */
  public Labels labels() {
    return labels;
  }

  /** Runs whatever still waits for its batch to fill. */
  public List<Scored> scored() {
    flush();
    return List.copyOf(scored);
  }

  /** What the model costs on what it was given; null for a model that does not tell. */
  public @Nullable Cost cost() {
    flush();
    return Cost.of(model, scored.size());
  }

  /** Why spectra could not be used, one a spectrum. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  @Override
  public void spectrum(LabelledSpectrum spectrum) {
    try {
      prepared.add(preparer.prepare(spectrum.spectrum(), clock.instant()));
      waiting.add(spectrum);
    } catch (BadSpectrumException e) {
      skipped(spectrum.id() + ": " + e.getMessage());
      return;
    }
    if (waiting.size() == batchSize) {
      flush();
    }
  }

  @Override
  public void skipped(String why) {
    skipped.add(why);
    step.run();
  }

  private void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      judge(waiting, prepared, model.infer(List.copyOf(prepared)));
    } catch (SpectrumFailedException e) {
      flushOneByOne();
    }
    waiting.clear();
    prepared.clear();
  }

  private void flushOneByOne() {
    for (int i = 0; i < waiting.size(); i++) {
      List<PreparedSpectrum> one = List.of(prepared.get(i));
      try {
        judge(List.of(waiting.get(i)), one, model.infer(one));
      } catch (SpectrumFailedException e) {
        skipped(waiting.get(i).id() + ": the model fails on it: " + e.getMessage());
      }
    }
  }

  private void judge(
      List<LabelledSpectrum> spectra, List<PreparedSpectrum> inputs, List<Inference> inferences) {
    for (int i = 0; i < inferences.size(); i++) {
      scored.add(scored(spectra.get(i), inputs.get(i), inferences.get(i)));
      step.run();
    }
  }

  private Scored scored(LabelledSpectrum truth, PreparedSpectrum input, Inference inference) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int c = 0; c < inference.classes().size(); c++) {
      probabilities.put(inference.classes().get(c), inference.probabilities()[c]);
    }
    Decision decision = decider.decide(input, inference);
    @Nullable RedshiftEstimate estimate = inference.redshift();
    return new Scored(
        truth.id(),
        labels.truth(truth.objectClass(), truth.subclass()),
        truth.z(),
        input.snr(),
        probabilities,
        decision.z(),
        decision.zErr(),
        estimate == null ? null : estimate.peakProbability(),
        decision.goodZ(),
        decision.warnings(),
        Appearance.of(input),
        truth.kind());
  }
}
