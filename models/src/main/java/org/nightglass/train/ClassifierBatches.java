package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.nightglass.simulate.Seeds;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Batches for the classifier: every class as often as any other, some spectra that belong to a
 * family but to no class of it, whose target is spread evenly over the family, and some that are no
 * source, whose target is the last output: each kind as often as any other, but blends, which are
 * the hardest to tell, twice as often.
 */
final class ClassifierBatches implements BatchSource {
  private static final double NEGATIVE_SHARE = 0.2;
  private static final double UNCERTAIN_SHARE = 0.04;

  /** Where a spectrum lies. */
  private record Place(SamplePool pool, int index) {}

  private final List<List<Place>> byClass = new ArrayList<>();
  private final List<Integer> filled = new ArrayList<>();
  private final List<Place> uncertain = new ArrayList<>();
  private final List<List<Place>> negatives = new ArrayList<>();
  private final int outputs;
  private final long seed;

  /**
   * @param pools of every family
   * @param negatives what is no source
   * @param classes number of classes
   */
  ClassifierBatches(List<SamplePool> pools, SamplePool negatives, int classes, long seed) {
    this.outputs = classes + 1;
    this.seed = seed;
    for (int c = 0; c < classes; c++) {
      byClass.add(new ArrayList<>());
    }
    for (SamplePool pool : pools) {
      for (int i = 0; i < pool.size(); i++) {
        int[] own = pool.classes(i);
        List<Place> to = own.length == 1 ? byClass.get(own[0]) : uncertain;
        to.add(new Place(pool, i));
      }
    }
    Map<String, List<Place>> byKind = new TreeMap<>();
    for (int i = 0; i < negatives.size(); i++) {
      byKind
          .computeIfAbsent(negatives.label(i), kind -> new ArrayList<>())
          .add(new Place(negatives, i));
    }
    this.negatives.addAll(byKind.values());
    List<Place> blends = byKind.get(TrainingSimulator.BLEND);
    if (blends != null) {
      this.negatives.add(blends);
    }
    for (int c = 0; c < classes; c++) {
      if (!byClass.get(c).isEmpty()) {
        filled.add(c);
      }
    }
  }

  @Override
  public void fill(long step, int n, float[] spectra, float[] targets) {
    SplittableRandom random = Seeds.generator(seed, step);
    for (int slot = 0; slot < n; slot++) {
      double lot = random.nextDouble();
      Place place;
      if (lot < NEGATIVE_SHARE) {
        place = any(negatives.get(random.nextInt(negatives.size())), random);
      } else if (lot < NEGATIVE_SHARE + UNCERTAIN_SHARE && !uncertain.isEmpty()) {
        place = any(uncertain, random);
      } else {
        place = any(byClass.get(filled.get(random.nextInt(filled.size()))), random);
      }
      place.pool.write(place.index, spectra, slot);
      write(place.pool.classes(place.index), targets, slot * outputs);
    }
  }

  private static Place any(List<Place> places, SplittableRandom random) {
    return places.get(random.nextInt(places.size()));
  }

  private void write(int[] own, float[] targets, int offset) {
    for (int c = 0; c < outputs; c++) {
      targets[offset + c] = 0;
    }
    for (int c : own) {
      targets[offset + c] = 1f / own.length;
    }
    targets[offset + outputs - 1] = own.length == 0 ? 1 : 0;
  }
}
