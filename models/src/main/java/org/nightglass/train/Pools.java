package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import org.nightglass.prepare.Normalisation;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Simulated spectra of every family, and of what is no source.
 *
 * @param families in the order of {@link SourceClass}
 * @param negatives what is no source
 */
record Pools(List<SamplePool> families, SamplePool negatives) {
  static final int LEAST_NEGATIVES = 50;

  /**
   * Simulates.
   *
   * @param size spectra a family
   * @param none spectra of what is no source, if not fewer than {@value #LEAST_NEGATIVES}
   */
  static Pools simulate(
      String stage,
      long seed,
      int size,
      int none,
      SourceLibrary sources,
      SurveyPreset survey,
      Normalisation normalisation,
      BundleTrainer.Progress progress) {
    TrainingSimulator simulator =
        new TrainingSimulator(seed, sources, survey.grid(), survey.spectrographs());
    ClassScheme scheme = new ClassScheme(survey.classes());
    List<SamplePool> families = new ArrayList<>();
    double stages = SourceClass.values().length + 1.0;
    for (SourceClass family : SourceClass.values()) {
      progress.report(stage, families.size() / stages, family.name());
      families.add(SamplePool.simulate(simulator, family, size, scheme, normalisation));
    }
    progress.report(stage, families.size() / stages, "negatives");
    int few = Math.max(LEAST_NEGATIVES, none);
    SamplePool negatives = SamplePool.simulate(simulator, null, few, scheme, normalisation);
    progress.report(stage, 1, "%d spectra a family".formatted(size));
    return new Pools(families, negatives);
  }

  SamplePool of(SourceClass family) {
    return families.get(family.ordinal());
  }

  /** The families' pools, then that of what is no source. */
  List<SamplePool> all() {
    List<SamplePool> all = new ArrayList<>(families);
    all.add(negatives);
    return all;
  }
}
