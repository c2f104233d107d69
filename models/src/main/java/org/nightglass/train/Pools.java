package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.Normalisation;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Simulated spectra of every class, and of empty sky.
 *
 * @param classes in the order of {@link ClassifierBatches#CLASSES}
 * @param sky a quarter as many
 */
record Pools(List<SamplePool> classes, SamplePool sky) {
  private static final int LEAST_SKY = 50;

  /** Simulates {@code size} spectra a class. */
  static Pools simulate(
      String stage,
      long seed,
      int size,
      SourceLibrary sources,
      ModelGrid grid,
      Normalisation normalisation,
      BundleTrainer.Progress progress) {
    TrainingSimulator simulator = new TrainingSimulator(seed, sources, grid);
    List<SamplePool> classes = new ArrayList<>();
    double stages = ClassifierBatches.CLASSES.size() + 1.0;
    for (SourceClass sourceClass : ClassifierBatches.CLASSES) {
      progress.report(stage, classes.size() / stages, sourceClass.name());
      classes.add(SamplePool.simulate(simulator, sourceClass, size, normalisation));
    }
    progress.report(stage, classes.size() / stages, "SKY");
    int skySize = Math.max(LEAST_SKY, size / 4);
    SamplePool sky = SamplePool.simulate(simulator, null, skySize, normalisation);
    progress.report(stage, 1, "%d spectra a class".formatted(size));
    return new Pools(classes, sky);
  }

  SamplePool of(SourceClass sourceClass) {
    return classes.get(ClassifierBatches.CLASSES.indexOf(sourceClass));
  }

  /** The classes' pools, then the sky's. */
  List<SamplePool> all() {
    List<SamplePool> all = new ArrayList<>(classes);
    all.add(sky);
    return all;
  }
}
